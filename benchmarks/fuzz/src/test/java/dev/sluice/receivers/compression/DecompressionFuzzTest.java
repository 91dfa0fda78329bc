package dev.sluice.receivers.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.receivers.limits.Reservation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * Fuzzes decompression: the limit and the budget hold, only {@link DecompressionException} is
 * thrown, and what is taken is what the usual library makes of it. "Reliability test 35", and 30.
 */
class DecompressionFuzzTest {
  private static final Encoding[] ENCODINGS = Encoding.values();
  private static final int BYTES_MAX = 64 << 10;
  private static final int BUDGET = 128 << 10;

  @FuzzTest
  void body(byte[] bytes) {
    Input input = new Input(bytes);
    Encoding encoding = ENCODINGS[input.nextInt(ENCODINGS.length)];
    TimeLimit.hold(input.rest(), body -> decompress(encoding, body));
  }

  private static void decompress(Encoding encoding, byte[] body) {
    MemoryBudget memory = new MemoryBudget(BUDGET);
    Reservation reservation = new Reservation(memory);
    byte[] before = body.clone();
    try {
      byte[] plain = Decompression.decompress(encoding, body, BYTES_MAX, reservation);
      assertTrue(plain.length <= BYTES_MAX, "larger than the limit");
      assertTrue(plain == body || memory.heldBytes() >= plain.length, "more than was reserved");
      assertArrayEquals(byLibrary(encoding, body), plain);
    } catch (DecompressionException e) {
      assertTrue(memory.heldBytes() <= BUDGET, "more than the budget");
    } catch (IOException e) {
      throw new AssertionError("the library refuses what was taken", e);
    } finally {
      reservation.release();
    }
    assertEquals(0, memory.heldBytes(), "kept");
    assertTrue(Arrays.equals(before, body), "the body was written to");
  }

  private static byte[] byLibrary(Encoding encoding, byte[] body) throws IOException {
    try (InputStream in =
        switch (encoding) {
          case IDENTITY -> new ByteArrayInputStream(body);
          case GZIP -> new GZIPInputStream(new ByteArrayInputStream(body));
          case ZLIB -> new InflaterInputStream(new ByteArrayInputStream(body));
          case ZSTD -> new ZstdInputStream(new ByteArrayInputStream(body));
          case SNAPPY -> snappyStream(body);
        }) {
      return in.readAllBytes();
    }
  }

  private static InputStream snappyStream(byte[] body) throws IOException {
    return body.length > 0 && body[0] == -1
        ? new SnappyFramedInputStream(new ByteArrayInputStream(body))
        : new ByteArrayInputStream(Snappy.uncompress(body));
  }
}
