package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTextTest {
  @Test
  void writesIntegersAsJavaDoes() {
    Random random = new Random(1);
    for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
      for (long value = power - 2; value <= power + 2; value++) {
        assertEquals(Long.toString(value), written(value));
        assertEquals(Long.toString(-value), written(-value));
      }
      for (int i = 0; i < 1000; i++) {
        long value = random.nextLong(power, power * 10);
        assertEquals(Long.toString(value), written(value));
      }
    }
    for (long value : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE}) {
      assertEquals(Long.toString(value), written(value));
    }
  }

  private static String written(long value) {
    WireWriter out = new WireWriter(16);
    DecimalText.write(value, out);
    return new String(out.array(), 0, out.size(), StandardCharsets.US_ASCII);
  }
}
