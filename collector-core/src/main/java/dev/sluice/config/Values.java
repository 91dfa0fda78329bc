package dev.sluice.config;

import dev.sluice.config.Node.Field;
import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Items;
import dev.sluice.config.Node.Scalar;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the values of one section's keys into Java's types; what does not fit is a problem. */
final class Values {
  private final String path;
  private final Problems problems;
  private final Secrets secrets;

  Values(String path, Reading reading) {
    this.path = path;
    this.problems = reading.problems();
    this.secrets = reading.secrets();
  }

  /** Records that a value is not of the type that its key takes. */
  void wrong(String key, Node node, String expected) {
    wrong(key, node, expected, "");
  }

  /** The string, or null when it is none. */
  @Nullable String string(String key, Node node) {
    if (node.original() != null) {
      return node.original();
    }
    if (node instanceof Scalar(Position _, String text, String _)) {
      return text;
    }
    String hint = node instanceof Scalar ? "; put it in quotes" : "";
    wrong(key, node, "a string", hint);
    return null;
  }

  boolean bool(String key, Node node, boolean fallback) {
    if (node instanceof Scalar(Position _, Boolean bool, String _)) {
      return bool;
    }
    wrong(key, node, "true or false");
    return fallback;
  }

  long integer(String key, Node node, long fallback, long min, long max) {
    Object value = node instanceof Scalar scalar ? scalar.value() : null;
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      value = number.longValue();
    }
    if (value instanceof Long integer && integer >= min && integer <= max) {
      return integer;
    }
    if (value instanceof Long || value instanceof BigInteger) {
      error(key, node, "must be from " + min + " to " + max + ", got " + value);
    } else {
      wrong(key, node, "a whole number");
    }
    return fallback;
  }

  double number(String key, Node node, double fallback, double min, double max) {
    if (!(node instanceof Scalar(Position _, Number number, String _))) {
      wrong(key, node, "a number");
      return fallback;
    }
    double value = number.doubleValue();
    if (value >= min && value <= max) {
      return value;
    }
    error(key, node, "must be from " + min + " to " + max + ", got " + number);
    return fallback;
  }

  Duration duration(String key, Node node, Duration fallback, Duration min) {
    Duration duration =
        switch (node) {
          case Scalar(Position _, String text, String _) -> GoDuration.tryParse(text);
          case Scalar(Position _, Long nanos, String _) -> Duration.ofNanos(nanos);
          default -> null;
        };
    if (duration == null) {
      wrong(key, node, "a duration such as 200ms, 5s or 1h30m");
      return fallback;
    }
    if (duration.compareTo(min) < 0) {
      String least = GoDuration.format(min);
      error(key, node, "must be " + least + " or more, got " + GoDuration.format(duration));
      return fallback;
    }
    if (node instanceof Scalar(Position _, Long nanos, String _) && nanos != 0) {
      problems.warning(
          node.at(),
          Node.path(path, key),
          "%d without a unit is %d nanoseconds; write %ds for seconds"
              .formatted(nanos, nanos, nanos));
    }
    return duration;
  }

  String choice(String key, Node node, String fallback, List<String> allowed) {
    String value = string(key, node);
    if (value == null || allowed.contains(value)) {
      return value == null ? fallback : value;
    }
    notOneOf(key, node, value, allowed);
    return fallback;
  }

  <E extends Enum<E>> E choice(String key, Node node, E fallback) {
    String value = string(key, node);
    if (value == null) {
      return fallback;
    }
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    List<String> names =
        Stream.of(constants).map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
    notOneOf(key, node, value, names);
    return fallback;
  }

  /** The values of a list. */
  List<Node> items(String key, Node node) {
    if (node instanceof Items list) {
      return list.items();
    }
    wrong(key, node, "a list");
    return List.of();
  }

  /** The strings of a list, or of one string with commas, as the Collector takes it for a list. */
  List<Located> strings(String key, Node node) {
    if (node instanceof Scalar(Position at, String text, String _)) {
      String[] parts = text.isEmpty() ? new String[0] : text.split(",", -1);
      return Stream.of(parts).map(part -> new Located(part, at)).toList();
    }
    if (!(node instanceof Items list)) {
      wrong(key, node, "a list of strings");
      return List.of();
    }
    List<Located> strings = new ArrayList<>(list.items().size());
    int index = 0;
    for (Node item : list.items()) {
      String text = string(Node.path(key, String.valueOf(index++)), item);
      if (text != null) {
        strings.add(new Located(text, item.at()));
      }
    }
    return strings;
  }

  Map<String, String> stringMap(String key, Node node) {
    Map<String, String> strings = new LinkedHashMap<>();
    switch (node) {
      case Fields map ->
          map.fields()
              .forEach((name, field) -> strings.put(name, text(Node.path(key, name), field)));
      case Items list -> pairs(key, list, strings);
      case Scalar scalar -> wrong(key, scalar, "a map of names to strings");
    }
    return strings;
  }

  /** The value as {@code String}, {@code Boolean}, number, {@code List} or {@code Map}. */
  static @Nullable Object plain(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.value();
      case Items list -> {
        List<@Nullable Object> items = new ArrayList<>(list.items().size());
        for (Node item : list.items()) {
          items.add(plain(item));
        }
        yield items;
      }
      case Fields map -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.fields().forEach((key, field) -> fields.put(key, plain(field.value())));
        yield fields;
      }
    };
  }

  /** Whether a value is not there at all; an empty substitution is an empty text at least. */
  static boolean nothing(Node node) {
    return node instanceof Scalar scalar && scalar.value() == null && scalar.original() == null;
  }

  private void pairs(String key, Items list, Map<String, String> strings) {
    int index = 0;
    for (Node item : list.items()) {
      String at = Node.path(key, String.valueOf(index++));
      Field name = item instanceof Fields map ? map.fields().get("name") : null;
      Field value = item instanceof Fields map ? map.fields().get("value") : null;
      if (name == null || value == null || item.size() != 3) {
        wrong(at, item, "a map of name and value");
      } else {
        strings.put(text(Node.path(at, "name"), name), text(Node.path(at, "value"), value));
      }
    }
  }

  private String text(String key, Field field) {
    String text = nothing(field.value()) ? "" : string(key, field.value());
    return text == null ? "" : text;
  }

  private void notOneOf(String key, Node node, String value, List<String> allowed) {
    String hint = Nearest.hint(value, allowed);
    error(
        key,
        node,
        "must be one of " + String.join(", ", allowed) + ", got \"" + value + "\"" + hint);
  }

  private void wrong(String key, Node node, String expected, String hint) {
    boolean secret = secrets.secret(Node.path(path, key), key);
    String got = secret ? node.kind() : node.described();
    error(key, node, "expected " + expected + ", got " + got + hint);
  }

  private void error(String key, Node node, String message) {
    problems.error(node.at(), Node.path(path, key), message);
  }
}
