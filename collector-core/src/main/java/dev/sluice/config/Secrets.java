package dev.sluice.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows which values must not be shown: those read as secrets, and those whose key says so.
 *
 * <p>The second rule is for what was not read, because the component is unknown or the reading
 * stopped: a word too many is harmless, a word too few is a leak.
 */
final class Secrets {
  private static final List<String> WORDS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "privatekey",
          "licensekey",
          "keypem",
          "credential",
          "authorization",
          "cookie",
          "connectionstring",
          "dsn",
          "headers");
  private static final Set<String> HARMLESS =
      Set.of("tokenurl", "tokenfile", "passwordfile", "secretfile", "includeheaders");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");

  private final Set<String> paths = new HashSet<>();

  /** Hides the value at a path, and all below it. */
  void add(String path) {
    paths.add(path);
  }

  /** Whether the value at {@code path}, whose last key is {@code key}, must not be shown. */
  boolean secret(String path, String key) {
    return named(key) || paths.contains(path) || below(path);
  }

  private boolean below(String path) {
    for (int end = path.lastIndexOf("::"); end > 0; end = path.lastIndexOf("::", end - 1)) {
      if (paths.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** A text whose URLs have lost their user and password. */
  static String withoutUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll(ConfigPrinter.REDACTED + "@");
  }

  private static boolean named(String key) {
    String word = key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    return !HARMLESS.contains(word) && WORDS.stream().anyMatch(word::contains);
  }
}
