package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressorTest {
  @ParameterizedTest
  @EnumSource(Compression.class)
  void givesBackThePiecesJoined(Compression compression) {
    try (Compressor compressor = new Compressor(compression, Compressor.DEFAULT_LEVEL)) {
      Random random = new Random(42);
      for (int size : new int[] {0, 1, 100, 5_000_000, 70_000, 3}) {
        Body body = body(random, size);
        byte[] compressed = compressor.compress(body).toByteArray();
        assertArrayEquals(
            body.toByteArray(), Decompression.decode(compression.label(), compressed));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aResultIsNotTouchedByTheNext(Compression compression) {
    try (Compressor compressor = new Compressor(compression, Compressor.DEFAULT_LEVEL)) {
      Body first = Body.of(new byte[10_000]);
      Body compressed = compressor.compress(first);
      compressor.compress(body(new Random(1), 10_000));
      assertArrayEquals(
          first.toByteArray(), Decompression.decode(compression.label(), compressed.toByteArray()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZLIB", "DEFLATE"})
  void everyLevelIsValid(Compression compression) {
    for (int level = -2; level <= 9; level++) {
      try (Compressor compressor = new Compressor(compression, level)) {
        Body body = body(new Random(level), 1000);
        assertArrayEquals(
            body.toByteArray(),
            Decompression.decode(compression.label(), compressor.compress(body).toByteArray()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void namesAreReadBack(Compression compression) {
    assertSame(compression, Compression.named(compression.label()));
  }

  /** Half noise, half zeroes, in pieces with an offset. */
  private static Body body(Random random, int size) {
    List<Body.Piece> pieces = new ArrayList<>();
    for (int rest = size; rest > 0; ) {
      int length = Math.min(rest, 1 + random.nextInt(100_000));
      byte[] array = new byte[length + 10];
      if (random.nextBoolean()) {
        random.nextBytes(array);
      }
      pieces.add(new Body.Piece(array, 5, length));
      rest -= length;
    }
    return new Body(pieces, size);
  }
}
