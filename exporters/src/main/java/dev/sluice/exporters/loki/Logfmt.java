package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading and printing of logfmt, by the rules of {@code go-logfmt}. Cold path. */
final class Logfmt {
  private Logfmt() {}

  /**
   * The pairs of a line; null when it is no logfmt line. A key without a value has an empty one.
   */
  static @Nullable Map<String, String> parse(String line) {
    if (line.indexOf('\n') >= 0) {
      return null;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    int position = skipBlanks(line, 0);
    while (position < line.length()) {
      int keyEnd = endOfPlain(line, position);
      if (keyEnd == position || isAt(line, keyEnd, '"')) {
        return null;
      }
      String key = line.substring(position, keyEnd);
      if (!isAt(line, keyEnd, '=')) {
        pairs.put(key, "");
        position = skipBlanks(line, keyEnd);
        continue;
      }
      int valueEnd =
          isAt(line, keyEnd + 1, '"')
              ? endOfQuoted(line, keyEnd + 1)
              : endOfPlain(line, keyEnd + 1);
      boolean ended = valueEnd == line.length() || (valueEnd > 0 && line.charAt(valueEnd) <= ' ');
      if (!ended) {
        return null;
      }
      String value = line.substring(keyEnd + 1, valueEnd);
      pairs.put(key, value.startsWith("\"") ? unquote(value) : value);
      position = skipBlanks(line, valueEnd);
    }
    return pairs;
  }

  /** Prints pairs, quoting values that need it; a key loses the characters it cannot have. */
  static String print(Map<String, String> pairs) {
    StringBuilder line = new StringBuilder();
    pairs.forEach((key, value) -> {
      String printable = printableKey(key);
      if (!printable.isEmpty()) {
        line.append(line.isEmpty() ? "" : " ").append(printable).append('=');
        line.append(needsQuotes(value) ? quote(value) : value);
      }
    });
    return line.toString();
  }

  private static int skipBlanks(String line, int from) {
    int position = from;
    while (position < line.length() && line.charAt(position) <= ' ') {
      position++;
    }
    return position;
  }

  private static int endOfPlain(String line, int from) {
    int position = from;
    while (position < line.length() && !isSpecial(line.charAt(position))) {
      position++;
    }
    return position;
  }

  /** The position after the closing quote, or -1. */
  private static int endOfQuoted(String line, int from) {
    int position = from + 1;
    while (position < line.length() && line.charAt(position) != '"') {
      position += line.charAt(position) == '\\' ? 2 : 1;
    }
    return position < line.length() ? position + 1 : -1;
  }

  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    int position = 1;
    while (position < quoted.length() - 1) {
      char next = quoted.charAt(position);
      if (next == '\\') {
        position += unescape(quoted, position + 1, text);
      } else {
        text.append(next);
      }
      position++;
    }
    return text.toString();
  }

  /** Appends what the escape stands for; returns how many characters follow the backslash. */
  private static int unescape(String quoted, int at, StringBuilder text) {
    char escape = quoted.charAt(at);
    switch (escape) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'u' -> text.append(unit(quoted, at + 1));
      default -> text.append(escape);
    }
    return escape == 'u' ? 5 : 1;
  }

  private static char unit(String quoted, int from) {
    int end = Math.min(from + 4, quoted.length() - 1);
    try {
      return (char) Integer.parseInt(quoted.substring(Math.min(from, end), end), 16);
    } catch (NumberFormatException e) {
      return '\ufffd';
    }
  }

  private static String printableKey(String key) {
    StringBuilder printable = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      if (!isSpecial(key.charAt(i))) {
        printable.append(key.charAt(i));
      }
    }
    return printable.toString();
  }

  private static boolean needsQuotes(String value) {
    return value.equals("null") || value.chars().anyMatch(next -> isSpecial((char) next));
  }

  private static String quote(String value) {
    WireWriter out = new WireWriter(value.length() + 2);
    JsonText.quote(value, false, out);
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private static boolean isSpecial(char value) {
    return value <= ' ' || value == '=' || value == '"' || value == '\ufffd';
  }

  private static boolean isAt(String line, int position, char expected) {
    return position < line.length() && line.charAt(position) == expected;
  }
}
