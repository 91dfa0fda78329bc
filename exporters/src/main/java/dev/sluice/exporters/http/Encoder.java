package dev.sluice.exporters.http;

/** One compression context, used by one thread at a time. Reused, so that memory is too. */
sealed interface Encoder extends AutoCloseable
    permits DeflateEncoder, ZstdEncoder, SnappyEncoder, SnappyFramedEncoder {
  static Encoder of(Compression compression, int level) {
    return switch (compression) {
      case NONE -> throw new IllegalArgumentException("nothing to encode");
      case GZIP -> new DeflateEncoder(level, true);
      case ZLIB, DEFLATE -> new DeflateEncoder(level, false);
      case ZSTD -> new ZstdEncoder(level);
      case SNAPPY -> new SnappyEncoder();
      case SNAPPY_FRAMED -> new SnappyFramedEncoder();
    };
  }

  /** The body compressed into an array that belongs to the result. */
  Body encode(Body body);

  @Override
  void close();
}
