package dev.sluice.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of the configuration and where it stands. Immutable, so anchors may share it.
 *
 * <p>A value that came whole from a substitution keeps the text it was parsed from: where a string
 * is expected that text is the value, so that {@code ${env:ID}} with {@code 0123} stays {@code
 * 0123}. This is the Collector's rule.
 */
sealed interface Node {

  /** Where the value begins. */
  Position at();

  /** The text that a substitution gave for this value, or null when it was written in place. */
  @Nullable String original();

  /** The same value with the text it was parsed from. */
  Node withOriginal(@Nullable String original);

  /** How many values there are in this one, itself included; what limits are checked against. */
  long size();

  /** What it is, for messages: {@code the number 4317}, {@code a list}. */
  String described();

  /** What kind of value it is, for messages that must not show it: {@code a number}. */
  default String kind() {
    return described();
  }

  /**
   * A null, boolean, number or string.
   *
   * @param value null, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or {@code
   *     String}
   */
  record Scalar(Position at, @Nullable Object value, @Nullable String original) implements Node {

    Scalar(Position at, @Nullable Object value) {
      this(at, value, null);
    }

    @Override
    public Scalar withOriginal(@Nullable String text) {
      return new Scalar(at, value, text);
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public String described() {
      return switch (value) {
        case null -> "nothing";
        case Boolean bool -> "the boolean " + bool;
        case String string -> "the string \"" + shortened(string) + "\"";
        default -> "the number " + value;
      };
    }

    @Override
    public String kind() {
      return switch (value) {
        case null -> "nothing";
        case Boolean _ -> "a boolean";
        case String _ -> "a string";
        default -> "a number";
      };
    }

    private static String shortened(String text) {
      return text.length() <= 60 ? text : text.substring(0, 57) + "…";
    }
  }

  /** A list. */
  record Items(Position at, List<Node> items, @Nullable String original, long size)
      implements Node {

    Items(Position at, List<Node> items) {
      this(at, items, null);
    }

    Items(Position at, List<Node> items, @Nullable String original) {
      this(at, List.copyOf(items), original, sizeOf(items));
    }

    @Override
    public Items withOriginal(@Nullable String text) {
      return new Items(at, items, text, size);
    }

    @Override
    public String described() {
      return "a list";
    }

    private static long sizeOf(List<Node> items) {
      long size = 1;
      for (Node item : items) {
        size += item.size();
      }
      return size;
    }
  }

  /** A map, in the order in which it was written. Not to be changed after it was made. */
  record Fields(Position at, Map<String, Field> fields, @Nullable String original, long size)
      implements Node {

    Fields(Position at, Map<String, Field> fields) {
      this(at, fields, null);
    }

    Fields(Position at, Map<String, Field> fields, @Nullable String original) {
      this(at, fields, original, sizeOf(fields));
    }

    static Fields empty(Position at) {
      return new Fields(at, Map.of());
    }

    @Override
    public Fields withOriginal(@Nullable String text) {
      return new Fields(at, fields, text, size);
    }

    @Override
    public String described() {
      return "a map";
    }

    /** The Collector's merge: maps are joined, anything else is replaced by the later one. */
    Fields mergedWith(Fields later) {
      Map<String, Field> merged = new LinkedHashMap<>(fields);
      later.fields.forEach((key, field) -> merged.merge(key, field, Fields::merge));
      return new Fields(at, merged);
    }

    private static Field merge(Field earlier, Field later) {
      return earlier.value() instanceof Fields into && later.value() instanceof Fields from
          ? new Field(later.keyAt(), into.mergedWith(from))
          : later;
    }

    private static long sizeOf(Map<String, Field> fields) {
      long size = 1;
      for (Field field : fields.values()) {
        size += field.value().size();
      }
      return size;
    }
  }

  /**
   * A key's place and its value.
   *
   * @param keyAt where the key begins
   */
  record Field(Position keyAt, Node value) {}

  /** The keys of {@code path} as one line, list indexes included. */
  static String path(String parent, String key) {
    return parent.isEmpty() ? key : parent + "::" + key;
  }
}
