package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** Says in plain words what the YAML parser found. */
final class YamlReasons {

  private YamlReasons() {}

  static String plain(@Nullable String context, @Nullable String problem) {
    String found = problem == null ? "" : problem;
    if (found.contains("(TAB)")) {
      return "a tab is not allowed here; indent with spaces";
    }
    if (found.contains("cannot start any token")) {
      return "the character " + character(found) + " cannot begin a value; put the value in quotes";
    }
    if (found.contains("mapping values are not allowed here")) {
      return "a key cannot begin here; check the indentation,"
          + " or quote a value that contains \": \"";
    }
    if (found.contains("could not find expected ':'")) {
      return "expected a ':' after the key";
    }
    if (found.contains("expected <block end>")) {
      return "the indentation does not fit the lines above";
    }
    if (found.contains("expected ',' or")) {
      String hint = found.contains("{") ? "; a ${…} in [ ] or { } must be in quotes" : "";
      return "expected a ',' or the closing bracket of the list or map that is open" + hint;
    }
    if (found.contains("found unexpected end of stream")) {
      return "a quote or bracket is never closed";
    }
    return context == null ? found : context + ": " + found;
  }

  private static String character(String found) {
    int start = found.indexOf('\'');
    return start < 0 || start + 3 > found.length() ? "here" : found.substring(start, start + 3);
  }
}
