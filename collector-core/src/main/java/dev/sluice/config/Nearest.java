package dev.sluice.config;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class Nearest {
  private static final int LENGTH_MAX = 80;

  private Nearest() {}

  /** The closest of {@code known} to {@code name}, or null when none is close. */
  static @Nullable String to(String name, Collection<String> known) {
    String nearest = null;
    int least = Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(squeezed(name), squeezed(candidate));
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** {@code ; did you mean "x"?}, or nothing when no name is close. */
  static String hint(String name, Collection<String> known) {
    String nearest = to(name, known);
    return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
  }

  /** Ends a sentence that has not ended with a question. */
  static String ended(String sentence) {
    return sentence.endsWith("?") ? sentence : sentence + ".";
  }

  /** The names in order, or {@code nothing}. */
  static String listed(Collection<String> names) {
    return names.isEmpty() ? "nothing" : names.stream().sorted().collect(Collectors.joining(", "));
  }

  /** Case, dashes and underscores are what people get wrong most: they do not count. */
  private static String squeezed(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one the other. */
  private static int distance(String from, String into) {
    if (from.length() > LENGTH_MAX || into.length() > LENGTH_MAX) {
      return Integer.MAX_VALUE;
    }
    int[][] table = new int[from.length() + 1][into.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= into.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cheapest(table, from, into, i, j);
      }
    }
    return table[from.length()][into.length()];
  }

  private static int cheapest(int[][] table, String from, String into, int i, int j) {
    boolean same = from.charAt(i - 1) == into.charAt(j - 1);
    int cost = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
    cost = Math.min(cost, table[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == into.charAt(j - 2)
            && from.charAt(i - 2) == into.charAt(j - 1);
    return swapped ? Math.min(cost, table[i - 2][j - 2] + 1) : cost;
  }
}
