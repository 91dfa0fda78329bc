package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Fuzzes what is written and copied, message after message by one writer: libsnappy reads it, and
 * reads what the same without compression would be. "Reliability test 35".
 */
class SnappyWriterFuzzTest {
  private static final int BLOCK_MAX = 70_000;
  private static final int SIZE_MAX = 80_000;

  @FuzzTest
  void messages(byte[] bytes) {
    TimeLimit.hold(bytes, SnappyWriterFuzzTest::write);
  }

  private static void write(byte[] bytes) {
    Input input = new Input(bytes);
    SnappyWriter out = new SnappyWriter(input.nextInt(256));
    byte[] plain = new byte[SIZE_MAX + BLOCK_MAX];
    while (!input.isEmpty()) {
      out.reset();
      int size = message(input, out, plain);
      out.end();
      assertArrayEquals(Arrays.copyOf(plain, size), uncompressed(out));
    }
  }

  /** Writes a message, and to {@code plain} what it is without compression; returns its size. */
  private static int message(Input input, SnappyWriter out, byte[] plain) {
    long first = out.position();
    int size = 0;
    while (!input.isEmpty() && size < SIZE_MAX) {
      int step = input.nextInt(8);
      if (step == 0) {
        break;
      }
      int from = input.nextInt(1 << 16) % (size + 1);
      int length = step == 1 ? input.nextInt(BLOCK_MAX) : 1 + input.nextInt(200);
      if (step > 4 && length <= size - from && out.reaches(first + from, 0)) {
        out.copy(first + from, length);
        System.arraycopy(plain, from, plain, size, length);
      } else {
        Arrays.fill(plain, size, size + length, (byte) input.nextInt(256));
        out.raw(plain, size, length);
      }
      size += length;
      assertEquals(size, out.size());
    }
    return size;
  }

  private static byte[] uncompressed(SnappyWriter out) {
    try {
      return Snappy.uncompress(out.body().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
