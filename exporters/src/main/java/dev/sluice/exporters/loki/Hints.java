package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The old exporter's hints: attributes that say how to export, and are not exported. */
final class Hints {
  static final String RESOURCE_LABELS = "loki.resource.labels";
  static final String ATTRIBUTE_LABELS = "loki.attribute.labels";
  static final String TENANT = "loki.tenant";
  static final String FORMAT = "loki.format";

  private static final List<String> ALL =
      List.of(RESOURCE_LABELS, ATTRIBUTE_LABELS, TENANT, FORMAT);
  private static final byte KEY_TAG = (byte) (Otlp.KeyValue.KEY << 3 | WireReader.LEN);
  private static final byte[] PREFIX = "loki.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FORMAT_KEY = FORMAT.getBytes(StandardCharsets.US_ASCII);

  private Hints() {}

  static boolean isHint(String key) {
    return ALL.contains(key);
  }

  /**
   * Whether the {@code KeyValue} message could be a hint, by a glance at its first bytes. Hot path.
   */
  static boolean mayBeHint(byte[] source, int offset, int length) {
    if (length < PREFIX.length + 2) {
      return false;
    }
    if (source[offset] != KEY_TAG) {
      return true;
    }
    int key = offset + 2;
    return source[key] == 'l'
        && Arrays.equals(source, key, key + PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  static boolean isHint(byte[] source, AttributePosition at) {
    return isHint(source, at.keyOffset(), at.keyLength());
  }

  /** Whether that key is a hint's; most are told apart by a few bytes. */
  static boolean isHint(byte[] source, int offset, int length) {
    return length > PREFIX.length
        && Arrays.equals(source, offset, offset + PREFIX.length, PREFIX, 0, PREFIX.length)
        && isHint(new String(source, offset, length, StandardCharsets.UTF_8));
  }

  static boolean isFormat(byte[] source, AttributePosition at) {
    return at.keyEquals(source, FORMAT_KEY);
  }

  /** The format that a hint asks for, or null when it names none. */
  static @Nullable LineFormat format(@Nullable Attribute hint) {
    if (hint == null) {
      return null;
    }
    return switch (hint.text()) {
      case "json" -> LineFormat.JSON;
      case "logfmt" -> LineFormat.LOGFMT;
      case "raw" -> LineFormat.RAW;
      default -> null;
    };
  }
}
