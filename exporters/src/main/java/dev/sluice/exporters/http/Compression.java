package dev.sluice.exporters.http;

/**
 * How a body is compressed: the Collector's {@code compression}. The names are those of the
 * Collector's configuration and, except {@code none}, of {@code Content-Encoding}.
 *
 * <p>As in the Collector, {@code deflate} is the zlib format, and {@code snappy} the block format.
 */
public enum Compression {
  NONE("none"),
  GZIP("gzip"),
  ZLIB("zlib"),
  DEFLATE("deflate"),
  ZSTD("zstd"),
  SNAPPY("snappy"),
  SNAPPY_FRAMED("x-snappy-framed");

  private final String label;

  Compression(String label) {
    this.label = label;
  }

  /** The value of {@code compression} and of {@code Content-Encoding}. */
  public String label() {
    return label;
  }

  /** The compression of that name; the empty name is {@link #NONE}. */
  public static Compression named(String name) {
    for (Compression compression : values()) {
      if (compression.label.equals(name)) {
        return compression;
      }
    }
    if (name.isEmpty()) {
      return NONE;
    }
    throw new IllegalArgumentException("no compression is named " + name);
  }
}
