package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * Builds label names, as prometheus/otlptranslator does with the Collector's settings: runs of
 * underscores and a leading underscore stay. Immutable. Not on the hot path.
 */
final class LabelNamer {
  private final boolean escapes;

  LabelNamer(TranslationStrategy strategy) {
    escapes = strategy.escapes();
  }

  /** The label name, or null when nothing usable remains of {@code key}. */
  @Nullable String build(String key) {
    String name = escapes ? escaped(key) : key;
    return isUnderscores(name) ? null : name;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a name has no other character than underscores; also the empty name. */
  static boolean isUnderscores(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '_') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String key) {
    StringBuilder name = new StringBuilder(key.length() + 4);
    for (int i = 0; i < key.length(); i += Character.charCount(key.codePointAt(i))) {
      int c = key.codePointAt(i);
      name.append(c != ':' && MetricNamer.isValid(c) ? (char) c : '_');
    }
    boolean digit = !name.isEmpty() && isDigit(name.charAt(0));
    return digit ? "key_" + name : name.toString();
  }
}
