package dev.sluice.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A series, or what is asked of one: a name and labels, with the names of OTLP or of Prometheus.
 *
 * @param name empty when only labels are asked for
 * @param cut whether there were more labels than were kept
 */
record Series(String name, Map<String, String> labels, boolean cut) {
  /** What Prometheus puts at the end of a metric's name. */
  private static final Set<String> SUFFIXES =
      Set.of(
          ("total sum count bucket ratio percent per second minute hour day week seconds milliseconds"
                  + " microseconds nanoseconds minutes hours days bytes bits kibibytes mebibytes"
                  + " gibibytes tibibytes kilobytes megabytes gigabytes terabytes meters volts"
                  + " amperes joules watts grams celsius hertz")
              .split(" "));

  private static final String JOB = "job";
  private static final String INSTANCE = "instance";

  /** What remote write adds to a series that no point has. */
  private static final Set<String> ADDED = Set.of("le", "quantile");

  private static final String SCOPE_PREFIX = "otel_scope_";

  /**
   * Reads {@code name}, {@code name{key="value"}} or {@code {__name__="name",key="value"}}.
   *
   * @throws IllegalArgumentException when it is none of these, with what is wrong
   */
  static Series parse(String text) {
    boolean cut = text.endsWith(String.valueOf(SeriesText.CUT));
    int open = text.indexOf('{');
    String name = (open < 0 ? text : text.substring(0, open)).strip();
    Map<String, String> labels = new LinkedHashMap<>();
    if (open >= 0) {
      readLabels(text, open + 1, cut, labels);
    }
    String named = labels.remove("__name__");
    if (named == null && name.isEmpty() && labels.isEmpty()) {
      throw new IllegalArgumentException("a series is name{key=\"value\"}, and this is empty");
    }
    return new Series(named == null ? name : named, labels, cut);
  }

  /** A series as it was kept, whatever characters its names have. */
  static Series seen(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      return new Series(text, Map.of(), true);
    }
  }

  private static void readLabels(String text, int from, boolean cut, Map<String, String> labels) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '}') {
      int equals = text.indexOf("=\"", at);
      int end = equals < 0 ? -1 : closingQuote(text, equals + 2);
      if (end < 0) {
        if (cut) {
          return;
        }
        throw new IllegalArgumentException(
            "labels are key=\"value\", with commas between them; not so: " + text.substring(at));
      }
      String value = text.substring(equals + 2, end).replaceAll("\\\\(.)", "$1");
      labels.put(text.substring(at, equals).strip(), value);
      at = end + 1;
      while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ')) {
        at++;
      }
    }
  }

  private static int closingQuote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return -1;
  }

  /** Whether a series that was seen is one that this asks for. */
  boolean asksFor(Series seen) {
    if (!name.isEmpty() && !isNameOf(seen)) {
      return false;
    }
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!asksFor(seen, label.getKey(), label.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean isNameOf(Series seen) {
    String asked = prometheus(name);
    String other = prometheus(seen.name);
    if (!asked.startsWith(other)) {
      return false;
    }
    String rest = asked.substring(other.length());
    if (rest.isEmpty()) {
      return true;
    }
    return rest.charAt(0) == '_' && SUFFIXES.containsAll(List.of(rest.substring(1).split("_")));
  }

  private static boolean asksFor(Series seen, String key, String value) {
    boolean added = ADDED.contains(key) || key.startsWith(SCOPE_PREFIX);
    String has = seen.label(key);
    return has == null ? added || seen.cut : has.equals(value);
  }

  private @Nullable String label(String key) {
    String asked = prometheus(key);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (prometheus(label.getKey()).equals(asked)) {
        return label.getValue();
      }
    }
    return switch (key) {
      case JOB -> job();
      case INSTANCE -> labels.get("service.instance.id");
      default -> null;
    };
  }

  private @Nullable String job() {
    String service = labels.get("service.name");
    String namespace = labels.get("service.namespace");
    return service == null || namespace == null ? service : namespace + "/" + service;
  }

  private static String prometheus(String text) {
    return text.replaceAll("[^A-Za-z0-9_:]", "_");
  }
}
