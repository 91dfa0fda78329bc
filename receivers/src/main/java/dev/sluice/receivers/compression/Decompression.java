package dev.sluice.receivers.compression;

import dev.sluice.receivers.limits.Reservation;

/**
 * Decompresses whole bodies. Stateless, so any number of threads may use it at once.
 *
 * <p>What comes out is bounded while it comes: by {@code bytesMax}, and by the memory budget, which
 * is asked before each growth. A body that is cut off, or has anything behind its end, is refused:
 * half a body is never taken for the whole.
 */
public final class Decompression {
  private Decompression() {}

  /**
   * The decompressed body; the array itself when the encoding is identity.
   *
   * @param bytesMax the most that may come out
   * @param reservation grown by what comes out
   * @throws DecompressionException when the body is malformed or too large, or memory is short
   */
  public static byte[] decompress(
      Encoding encoding, byte[] body, int bytesMax, Reservation reservation)
      throws DecompressionException {
    if (encoding == Encoding.IDENTITY) {
      return body;
    }
    Output output = new Output(bytesMax, reservation);
    switch (encoding) {
      case IDENTITY -> {}
      case GZIP -> Deflate.gzip(body, output);
      case ZLIB -> Deflate.zlib(body, output);
      case ZSTD -> ZstdFrames.decompress(body, output);
      case SNAPPY -> SnappyFrames.decompress(body, output);
    }
    return output.take();
  }
}
