package dev.sluice.receivers.compression;

import static java.util.Locale.ROOT;

import org.jspecify.annotations.Nullable;

/** How a body is compressed: the encodings that the OpenTelemetry Collector takes. */
public enum Encoding {
  IDENTITY,
  GZIP,
  /** Also called deflate, as HTTP means it: with zlib's header and checksum. */
  ZLIB,
  ZSTD,
  /** A block or frames; which of them is seen by the first bytes. */
  SNAPPY;

  /** The encoding of a header's value; null when it is unknown. */
  public static @Nullable Encoding named(String name) {
    return switch (name.strip().toLowerCase(ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip" -> GZIP;
      case "zlib", "deflate" -> ZLIB;
      case "zstd" -> ZSTD;
      case "snappy", "x-snappy-framed" -> SNAPPY;
      default -> null;
    };
  }
}
