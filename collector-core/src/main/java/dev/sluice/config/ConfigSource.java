package dev.sluice.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a configuration, or a part of it, comes from: a scheme and what it names.
 *
 * <p>The form is the Collector's: {@code scheme:value}, and a plain path for a file.
 *
 * @param scheme {@code file}, {@code env}, {@code yaml}, or one that is not supported
 * @param value the path, the variable, or the YAML itself
 */
record ConfigSource(String scheme, String value) {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  /** Reads a value of {@code --config}: what has no scheme is the path of a file. */
  static ConfigSource location(String text) {
    Matcher matcher = SCHEME.matcher(text);
    if (DRIVE.matcher(text).matches() || !matcher.matches()) {
      return new ConfigSource("file", text);
    }
    return new ConfigSource(matcher.group(1), matcher.group(2));
  }

  /**
   * Reads what stands between <code>${</code> and <code>}</code>: what has no scheme is a variable.
   */
  static ConfigSource reference(String text) {
    int colon = text.indexOf(':');
    Matcher matcher = SCHEME.matcher(text);
    if (colon < 0 || text.startsWith(":-", colon) || !matcher.matches()) {
      return new ConfigSource("env", text);
    }
    return new ConfigSource(matcher.group(1), matcher.group(2));
  }

  /** Reads a value of {@code --set}: {@code a.b.c=value}, where {@code ::} may stand for a dot. */
  static ConfigSource assignment(String keys, String value) {
    return new ConfigSource("yaml", keys.replace(".", "::").strip() + ": " + value.strip());
  }

  /** How messages name it; of inline YAML no more than the first key, as values may be secret. */
  String label() {
    return switch (scheme) {
      case "file" -> value;
      case "yaml" -> "yaml:" + value.lines().findFirst().orElse("").replaceFirst(":( .*)?$", "");
      default -> scheme + ":" + value;
    };
  }
}
