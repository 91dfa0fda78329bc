package dev.sluice.exporters.loki;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a stream: a tenant and a set of labels. One object for an identity, kept over
 * batches; written by the encoder's thread only.
 */
final class StreamLabels {
  private final @Nullable String tenant;
  private final SortedMap<String, String> labels;
  private final String text;
  private final byte[] utf8;

  /** Older than any time, and far enough from the smallest number to subtract from. */
  private long newestNanos = Long.MIN_VALUE / 2;

  private @Nullable LogStream stream;

  StreamLabels(@Nullable String tenant, SortedMap<String, String> labels) {
    this.tenant = tenant;
    this.labels = labels;
    text = textOf(labels);
    utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  /** The tenant, or null when the configured headers decide. */
  @Nullable String tenant() {
    return tenant;
  }

  SortedMap<String, String> labels() {
    return labels;
  }

  /** The labels as Loki writes them: {@code {a="b", c="d"}}, sorted by name. */
  String text() {
    return text;
  }

  /** The bytes of {@link #text()}; not to be changed. */
  byte[] utf8() {
    return utf8;
  }

  /** The newest time sent on this stream, of those that Loki takes. */
  long newestNanos() {
    return newestNanos;
  }

  void newestNanos(long nanos) {
    newestNanos = nanos;
  }

  /** What is collected for this stream in the batch at hand; null before the first entry. */
  @Nullable LogStream stream() {
    return stream;
  }

  void stream(@Nullable LogStream other) {
    stream = other;
  }

  static String textOf(SortedMap<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach((name, value) -> {
      text.append(text.length() > 1 ? ", " : "").append(name).append("=\"");
      escape(value, text);
      text.append('"');
    });
    return text.append('}').toString();
  }

  /** Escapes as Go's {@code %q} does what cannot stand in a quoted string. */
  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      switch (next) {
        case '"', '\\' -> text.append('\\').append(next);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case 0x07 -> text.append("\\a");
        case 0x0b -> text.append("\\v");
        default -> escapeOther(next, text);
      }
    }
  }

  private static void escapeOther(char next, StringBuilder text) {
    if (next < 0x20 || next == 0x7f) {
      text.append("\\x")
          .append(Character.forDigit(next >> 4, 16))
          .append(Character.forDigit(next & 0xf, 16));
    } else {
      text.append(next);
    }
  }
}
