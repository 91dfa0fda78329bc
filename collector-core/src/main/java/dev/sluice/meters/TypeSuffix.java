package dev.sluice.meters;

/**
 * Takes {@code _total} off the names of counters in the Prometheus text format. Labels and help
 * texts are left as they are.
 */
final class TypeSuffix {
  private static final String SUFFIX = "_total";

  private TypeSuffix() {}

  static String strip(String text) {
    StringBuilder stripped = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      strip(text, start, next, stripped);
      start = next;
    }
    return stripped.toString();
  }

  private static void strip(String text, int start, int end, StringBuilder into) {
    int name = nameStart(text, start);
    int nameEnd = name;
    while (nameEnd < end && isNamePart(text.charAt(nameEnd))) {
      nameEnd++;
    }
    boolean total =
        nameEnd - name > SUFFIX.length() && text.startsWith(SUFFIX, nameEnd - SUFFIX.length());
    into.append(text, start, total ? nameEnd - SUFFIX.length() : nameEnd);
    into.append(text, nameEnd, end);
  }

  /** Where the meter's name begins: after {@code # HELP } and {@code # TYPE }, or at once. */
  private static int nameStart(String text, int start) {
    boolean comment = text.startsWith("# HELP ", start) || text.startsWith("# TYPE ", start);
    return comment ? start + 7 : start;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c == ':' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
