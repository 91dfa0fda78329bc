package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SnappyWriterTest {
  private final SnappyWriter out = new SnappyWriter(16);

  @Test
  void writesAnEmptyMessage() throws IOException {
    out.end();
    assertArrayEquals(new byte[0], uncompressed());
  }

  @Test
  void writesLiteralsAtEachEdgeOfTheirLengths() throws IOException {
    for (int size : new int[] {1, 59, 60, 61, 62, 255, 256, 257, 65_536, 65_537, 17_000_000}) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      out.reset();
      out.raw(bytes, 0, size);
      out.end();
      assertArrayEquals(bytes, uncompressed());
    }
  }

  @Test
  void reachesWhatIsLessThan64KibBackInTheSameMessage() {
    out.reset();
    long position = out.position();
    assertTrue(out.reaches(position, 65_535));
    assertFalse(out.reaches(position, 65_536));
    out.raw(new byte[65_535], 0, 65_535);
    assertTrue(out.reaches(position, 0));
    out.raw(new byte[1], 0, 1);
    assertFalse(out.reaches(position, 0));
    long last = out.position() - 1;
    out.end();
    out.reset();
    assertFalse(out.reaches(last, 0));
    assertFalse(out.reaches(0, 0));
  }

  @Test
  void joinsCopiesOfWhatStandsTogether() throws IOException {
    byte[] bytes = new byte[64];
    new Random(1).nextBytes(bytes);
    long position = out.position();
    out.raw(bytes, 0, 64);
    out.copy(position, 30);
    out.copy(position + 30, 34);
    out.end();
    // One byte of size, two and 64 of the literal, three of the copy.
    assertEquals(2 + 2 + 64 + 3, out.body().size());
    assertEquals(128, uncompressed().length);
  }

  @Test
  void writesWhatTheSameWritesAndCopiesWouldWithoutCompression() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int message = 0; message < 500; message++) {
      out.reset();
      long first = out.position();
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      for (int step = random.nextInt(60); step >= 0; step--) {
        int written = plain.size();
        int from = written == 0 ? 0 : random.nextInt(written);
        if (written > 0 && random.nextBoolean() && out.reaches(first + from, 0)) {
          int size = 1 + random.nextInt(Math.min(300, written - from));
          out.copy(first + from, size);
          plain.write(plain.toByteArray(), from, size);
        } else {
          byte[] bytes = new byte[1 + random.nextInt(random.nextInt(50) == 0 ? 70_000 : 100)];
          random.nextBytes(bytes);
          out.raw(bytes, 0, bytes.length);
          plain.write(bytes);
        }
        assertEquals(plain.size(), out.size());
      }
      out.end();
      assertArrayEquals(plain.toByteArray(), uncompressed(), "seed " + seed);
    }
  }

  private byte[] uncompressed() throws IOException {
    byte[] body = out.body().toByteArray();
    assertTrue(Snappy.isValidCompressedBuffer(body));
    return Snappy.uncompress(body);
  }
}
