package dev.sluice.exporters.http;

import dev.sluice.config.Section;
import java.util.Map;

/** Reads the {@code headers} of an exporter, and refuses what could not be sent. */
public final class Headers {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  private Headers() {}

  /**
   * The names and values under {@code headers}; values are secrets, and problems do not show them.
   */
  public static Map<String, String> read(Section section) {
    Map<String, String> headers = section.secretMap("headers");
    headers.forEach((name, value) -> {
      if (!isToken(name)) {
        section.problem("headers", "\"" + name + "\" cannot be the name of a header");
      }
      if (!isPrintable(value)) {
        section.problem(
            "headers", "the value of \"" + name + "\" has characters other than ASCII text");
      }
    });
    return headers;
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && TOKEN_SYMBOLS.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }
}
