package dev.sluice.exporters.prometheus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds metric names by a translation strategy, exactly as prometheus/otlptranslator does.
 * Immutable. Not on the hot path: names are kept in the {@link SeriesCache}.
 */
final class MetricNamer {
  private final String namespace;
  private final TranslationStrategy strategy;

  MetricNamer(String namespace, TranslationStrategy strategy) {
    this.namespace = namespace;
    this.strategy = strategy;
  }

  /** The Prometheus name, or null when nothing usable remains of {@code name}. */
  @Nullable String build(String name, String unit, MetricKind kind) {
    if (!strategy.escapes()) {
      String built = strategy.addsSuffixes() ? suffixed(name, unit, kind) : prefixed(name);
      return name.isEmpty() ? null : built;
    }
    String built = strategy.addsSuffixes() ? normalized(name, unit, kind) : escaped(name);
    boolean usable = !built.isEmpty() && (built.equals(name) || !LabelNamer.isUnderscores(built));
    return usable ? built : null;
  }

  /** Whether a character may stand in a token of a classic metric name. */
  static boolean isValid(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
  }

  private String normalized(String name, String unit, MetricKind kind) {
    List<String> tokens = tokens(name, false);
    addUnit(tokens, unit);
    if (kind == MetricKind.COUNTER) {
      moveToEnd(tokens, "total");
    }
    if (kind == MetricKind.GAUGE && unit.equals("1")) {
      moveToEnd(tokens, "ratio");
    }
    if (!namespace.isEmpty()) {
      tokens.addFirst(namespace);
    }
    return withoutLeadingDigit(String.join("_", tokens));
  }

  private static void addUnit(List<String> tokens, String unit) {
    String main = Units.clean(Units.main(unit));
    String per = Units.clean(Units.per(unit));
    if (per.endsWith("_")) {
      per = per.substring(0, per.length() - 1);
    }
    if (tokens.contains(main)) {
      main = "";
    }
    if (per.equals("per") || tokens.contains(per)) {
      per = "";
    }
    if (!per.isEmpty() && main.endsWith("_")) {
      main = main.substring(0, main.length() - 1);
    }
    if (!main.isEmpty()) {
      tokens.add(main);
    }
    if (!per.isEmpty()) {
      tokens.add(per);
    }
  }

  private static void moveToEnd(List<String> tokens, String token) {
    tokens.removeIf(token::equals);
    tokens.add(token);
  }

  private String escaped(String name) {
    String joined = String.join("_", tokens(name, true));
    if (!namespace.isEmpty()) {
      return String.join("_", tokens(namespace, true)) + "_" + joined;
    }
    return withoutLeadingDigit(joined);
  }

  private String suffixed(String name, String unit, MetricKind kind) {
    boolean ratio = kind == MetricKind.GAUGE && unit.equals("1");
    boolean total = kind == MetricKind.COUNTER;
    String main = Units.main(unit);
    String per = Units.per(unit);
    String built = prefixed(name);
    built = ratio ? trimmed(built, "ratio") : built;
    built = total ? trimmed(built, "total") : built;
    built = per.isEmpty() ? built : trimmed(built, per);
    built = main.isEmpty() || built.endsWith(main) ? built : built + "_" + main;
    built = per.isEmpty() ? built : built + "_" + per;
    built = total ? built + "_total" : built;
    return ratio ? built + "_ratio" : built;
  }

  private String prefixed(String name) {
    return namespace.isEmpty() ? name : namespace + "_" + name;
  }

  /** Cuts a suffix and the character before it, unless nothing else would remain. */
  private static String trimmed(String name, String suffix) {
    boolean cut = name.endsWith(suffix) && name.length() > suffix.length() + 1;
    return cut ? name.substring(0, name.length() - suffix.length() - 1) : name;
  }

  private static String withoutLeadingDigit(String name) {
    return !name.isEmpty() && LabelNamer.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  private static List<String> tokens(String name, boolean keepUnderscores) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean inside = isValid(c) || (keepUnderscores && c == '_');
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        tokens.add(name.substring(start, i));
        start = -1;
      }
    }
    if (start >= 0) {
      tokens.add(name.substring(start));
    }
    return tokens;
  }
}
