package dev.sluice.receivers.otlp.grpc;

import dev.sluice.receivers.compression.Encoding;
import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import java.io.InputStream;

/**
 * The compressions that gRPC is told we take. It hands compressed messages on as they are: both
 * transports inflate in one place, under one limit and one memory budget. Stateless.
 */
final class Codings {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private Codings() {}

  static DecompressorRegistry registry() {
    return DecompressorRegistry.emptyInstance()
        .with(Codec.Identity.NONE, false)
        .with(new PassingOn("gzip"), true)
        .with(new PassingOn("snappy"), true)
        .with(new PassingOn("zstd"), true);
  }

  /** The encoding of a call's compressed messages. */
  static Encoding of(Metadata headers) {
    String name = headers.get(ENCODING);
    Encoding encoding = name == null ? Encoding.IDENTITY : Encoding.named(name);
    return encoding == null ? Encoding.IDENTITY : encoding;
  }

  /**
   * Whether this message is compressed: each says so for itself, and gRPC wraps those that are,
   * which hides their length.
   */
  static boolean isCompressed(InputStream message) {
    return !(message instanceof KnownLength);
  }

  private record PassingOn(String name) implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return name;
    }

    @Override
    public InputStream decompress(InputStream compressed) {
      return compressed;
    }
  }
}
