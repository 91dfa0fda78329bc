package dev.sluice.exporters.otlp.grpc;

import dev.sluice.exporters.http.Compression;
import io.grpc.Compressor;
import java.io.OutputStream;

/**
 * Tells gRPC that messages are compressed, and leaves them as they are, for they come compressed: a
 * batch is compressed once and not at every attempt, by contexts that are reused.
 */
final class Precompressed implements Compressor {
  private final String encoding;

  Precompressed(String encoding) {
    this.encoding = encoding;
  }

  /** The name that gRPC peers know, which is for the framed format {@code snappy}. */
  static String encoding(Compression compression) {
    return switch (compression) {
      case SNAPPY, SNAPPY_FRAMED -> "snappy";
      case NONE -> "identity";
      case GZIP, ZSTD, ZLIB, DEFLATE -> compression.label();
    };
  }

  @Override
  public String getMessageEncoding() {
    return encoding;
  }

  @Override
  public OutputStream compress(OutputStream target) {
    return target;
  }
}
