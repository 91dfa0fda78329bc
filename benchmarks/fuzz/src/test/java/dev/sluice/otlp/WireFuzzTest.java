package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzzes validation and counting: the verdict and the count are those of protobuf-java, except for
 * the listed stricter cases. What is taken is then cut: protobuf-java parses every piece, the
 * pieces keep to their limits, and together they hold each item once, as it was. "Reliability test
 * 35", and 34.
 */
class WireFuzzTest {
  @FuzzTest
  void request(byte[] bytes) {
    TimeLimit.hold(bytes, WireFuzzTest::judge);
  }

  private static void judge(byte[] bytes) {
    Input input = new Input(bytes);
    Signal signal = input.signal();
    int itemsMax = 1 + input.nextInt(20);
    int bytesMax = input.nextBoolean() ? Integer.MAX_VALUE : 1 + input.nextInt(2000);
    byte[] request = input.request(signal);
    if (Verdict.of(signal, request) == Verdict.ACCEPTED) {
      cut(Telemetry.parse(signal, request), itemsMax, bytesMax);
    }
  }

  private static void cut(Telemetry whole, int itemsMax, int bytesMax) {
    List<Telemetry> pieces = Split.split(whole, itemsMax, bytesMax);
    List<Message> found = new ArrayList<>();
    for (Telemetry piece : pieces) {
      assertTrue(piece.items() <= itemsMax, "items");
      assertTrue(piece.size() <= bytesMax || piece.items() <= 1, "bytes");
      assertEquals(piece, new Telemetry(piece.signal(), piece.bytes(), count(piece)));
      found.addAll(OtlpOracle.items(OtlpOracle.parse(piece)));
    }
    assertEquals(OtlpOracle.items(OtlpOracle.parse(whole)), found);
    if (!pieces.isEmpty()) {
      assertEquals(whole.items(), count(Split.concat(pieces)));
    }
  }

  private static int count(Telemetry telemetry) {
    return Telemetry.parse(telemetry.signal(), telemetry.bytes()).items();
  }
}
