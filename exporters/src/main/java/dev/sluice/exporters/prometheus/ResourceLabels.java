package dev.sluice.exporters.prometheus;

import java.util.List;

/**
 * Which resource attributes become labels, by patterns in which {@code *} stands for any characters
 * and {@code ?} for one.
 *
 * @param included an attribute must match one of these
 * @param excluded and none of these
 */
record ResourceLabels(List<String> included, List<String> excluded) {
  static final ResourceLabels NONE = new ResourceLabels(List.of(), List.of());

  boolean selects(String key) {
    return matchesAny(included, key) && !matchesAny(excluded, key);
  }

  private static boolean matchesAny(List<String> patterns, String key) {
    for (String pattern : patterns) {
      if (matches(pattern, key)) {
        return true;
      }
    }
    return false;
  }

  /** Matches by going back to the last star only, so that no pattern is slow. */
  private static boolean matches(String pattern, String key) {
    int p = 0;
    int k = 0;
    int star = -1;
    int resume = 0;
    while (k < key.length()) {
      boolean more = p < pattern.length();
      if (more && pattern.charAt(p) == '*') {
        star = p++;
        resume = k;
      } else if (more && (pattern.charAt(p) == '?' || pattern.charAt(p) == key.charAt(k))) {
        p++;
        k++;
      } else if (star >= 0) {
        p = star + 1;
        k = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
