package dev.sluice.config;

import java.util.LinkedHashSet;
import java.util.Set;

/** The keys of one section that its readers have asked for. */
final class KnownKeys {
  private final Set<String> allowed = new LinkedHashSet<>();
  private final Set<String> tolerated = new LinkedHashSet<>();
  private boolean any;

  /** Knows a key and names it to those who misspell one. */
  void allow(String key) {
    allowed.add(key);
  }

  /** Knows a key, without recommending it. */
  void tolerate(String key) {
    tolerated.add(key);
  }

  /** Knows every key. */
  void allowAny() {
    any = true;
  }

  boolean known(String key) {
    return any || allowed.contains(key) || tolerated.contains(key);
  }

  /** What to say of a key that is not known. */
  String refusal(String key) {
    String unknown = Nearest.ended("unknown key" + Nearest.hint(key, allowed));
    return unknown + " Allowed here: " + Nearest.listed(allowed);
  }
}
