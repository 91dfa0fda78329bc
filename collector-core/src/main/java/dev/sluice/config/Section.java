package dev.sluice.config;

import dev.sluice.config.Node.Field;
import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One map of the configuration, read key by key by the component it configures.
 *
 * <p>Getters never throw on bad input: they record a {@link Problem} with the key's place and
 * return the fallback, so that one run reports everything. A key that is absent, or has no value,
 * gives the fallback. Every key asked for is known from then on; what remains is reported by {@link
 * Config#reportUnknownKeys} with the names that were asked for. Types follow the Collector: a
 * number is not taken for a string, except where it came whole from a substitution. Not safe for
 * threads.
 */
public final class Section {
  private final String path;
  private final Position at;
  private final Fields fields;
  private final Reading reading;
  private final Values values;
  private final KnownKeys known = new KnownKeys();
  private final Map<String, Section> children = new LinkedHashMap<>();

  Section(String path, Position at, Fields fields, Reading reading) {
    this.path = path;
    this.at = at;
    this.fields = fields;
    this.reading = reading;
    this.values = new Values(path, reading);
  }

  /** The keys that lead here, {@code exporters::otlp_http/tempo}. */
  public String path() {
    return path;
  }

  /** Where the section begins. */
  public Position position() {
    return at;
  }

  /** Where {@code key} stands; where the section begins when it is absent. */
  public Position position(String key) {
    Field field = fields.fields().get(key);
    return field == null ? at : field.keyAt();
  }

  /** The keys that are there, in their order. Does not count as asking for them. */
  public List<String> keys() {
    return List.copyOf(fields.fields().keySet());
  }

  /** Whether {@code key} is there, with or without a value. */
  public boolean has(String key) {
    known.allow(key);
    return fields.fields().containsKey(key);
  }

  /** A string, or null when it is absent. */
  public @Nullable String string(String key) {
    Node node = node(key);
    return node == null ? null : values.string(key, node);
  }

  /** A string. */
  public String string(String key, String fallback) {
    String value = string(key);
    return value == null ? fallback : value;
  }

  /** A string that must be there and not be empty; empty when it is not. */
  public String requiredString(String key) {
    Node node = node(key);
    String value = node == null ? "" : values.string(key, node);
    if (value != null && value.isEmpty()) {
      problem(key, "is required");
    }
    return value == null ? "" : value;
  }

  /** A boolean. */
  public boolean bool(String key, boolean fallback) {
    Node node = present(key);
    return node == null ? fallback : values.bool(key, node, fallback);
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public int integer(String key, int fallback, int min, int max) {
    return (int) longInteger(key, fallback, min, max);
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public long longInteger(String key, long fallback, long min, long max) {
    Node node = present(key);
    return node == null ? fallback : values.integer(key, node, fallback, min, max);
  }

  /** A number of mebibytes, as bytes; the fallback is in bytes, the limits are in mebibytes. */
  public long mebibytes(String key, long fallbackBytes, long minMib, long maxMib) {
    Node node = present(key);
    long none = minMib - 1;
    long mib = node == null ? none : values.integer(key, node, none, minMib, maxMib);
    return mib == none ? fallbackBytes : Math.multiplyExact(mib, 1L << 20);
  }

  /** A number from {@code min} to {@code max}, both included. */
  public double number(String key, double fallback, double min, double max) {
    Node node = present(key);
    return node == null ? fallback : values.number(key, node, fallback, min, max);
  }

  /**
   * A duration of zero or more in Go's syntax. A bare number is nanoseconds, as in the Collector.
   */
  public Duration duration(String key, Duration fallback) {
    return duration(key, fallback, Duration.ZERO);
  }

  /** A duration of {@code min} or more in Go's syntax. */
  public Duration duration(String key, Duration fallback, Duration min) {
    Node node = present(key);
    return node == null ? fallback : values.duration(key, node, fallback, min);
  }

  /** One of the allowed words, spelled exactly so. */
  public String choice(String key, String fallback, String... allowedWords) {
    Node node = present(key);
    return node == null ? fallback : values.choice(key, node, fallback, List.of(allowedWords));
  }

  /** A constant of the fallback's enum, by its name in any case. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    Node node = present(key);
    return node == null ? fallback : values.choice(key, node, fallback);
  }

  /** A list of strings, or one string with commas; empty when absent. */
  public List<String> strings(String key) {
    return located(key).stream().map(Located::text).toList();
  }

  /**
   * Names and strings in their order; also as a list of maps with {@code name} and {@code value}.
   */
  public Map<String, String> stringMap(String key) {
    Node node = present(key);
    return node == null ? Map.of() : values.stringMap(key, node);
  }

  /** A string that is never shown, or null when it is absent. */
  public @Nullable String secret(String key) {
    reading.secrets().add(Node.path(path, key));
    return string(key);
  }

  /** A list of strings that are never shown. */
  public List<String> secrets(String key) {
    reading.secrets().add(Node.path(path, key));
    return strings(key);
  }

  /** Names and strings that are never shown. */
  public Map<String, String> secretMap(String key) {
    reading.secrets().add(Node.path(path, key));
    return stringMap(key);
  }

  /**
   * Any value as plain Java: {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger},
   * {@code Double}, {@code List} or {@code Map}; null when absent. All below it counts as known.
   */
  public @Nullable Object any(String key) {
    Node node = present(key);
    return node == null ? null : Values.plain(node);
  }

  /** The map at {@code key}; one without keys when it is absent or has no value. */
  public Section section(String key) {
    known.allow(key);
    return children.computeIfAbsent(key, _ -> child(key, node(key)));
  }

  /** The map at {@code key} when the key is there, even without a value; null when it is not. */
  public @Nullable Section sectionIfPresent(String key) {
    return has(key) ? section(key) : null;
  }

  /** The maps of the list at {@code key}; empty when absent. */
  public List<Section> sections(String key) {
    Node node = present(key);
    List<Section> sections = new ArrayList<>();
    for (Node item : node == null ? List.<Node>of() : values.items(key, node)) {
      String child = Node.path(key, String.valueOf(sections.size()));
      sections.add(children.computeIfAbsent(child, _ -> child(child, item)));
    }
    return sections;
  }

  /** The maps under names of the author's choice at {@code key}, in their order. */
  public Map<String, Section> sectionMap(String key) {
    Section named = section(key);
    Map<String, Section> sections = new LinkedHashMap<>();
    for (String name : named.keys()) {
      sections.put(name, named.section(name));
    }
    return sections;
  }

  /** Accepts a key of the Collector that has no effect here, with a warning when it is there. */
  public void unsupported(String key, String why) {
    known.tolerate(key);
    if (fields.fields().containsKey(key)) {
      warning(key, "accepted, but has no effect: " + why);
    }
  }

  /** Refuses a key that is known, for a reason. */
  public void refused(String key, String why) {
    known.tolerate(key);
    if (fields.fields().containsKey(key)) {
      problem(key, why);
    }
  }

  /** Takes every key as known; for maps whose keys are not a component's to judge. */
  public void acceptAnyKey() {
    known.allowAny();
  }

  /** Records what is wrong with {@code key}, at its place. */
  public void problem(String key, String message) {
    reading.problems().error(position(key), Node.path(path, key), message);
  }

  /** Records what is wrong with the section as a whole. */
  public void problem(String message) {
    reading.problems().error(at, path, message);
  }

  /** Records what is doubtful about {@code key}, at its place. */
  public void warning(String key, String message) {
    reading.problems().warning(position(key), Node.path(path, key), message);
  }

  void reportUnknownKeys() {
    for (String key : keys()) {
      if (!known.known(key)) {
        problem(key, known.refusal(key));
      }
    }
    children.values().forEach(Section::reportUnknownKeys);
  }

  /** The value of a key, for readers in this package; null when absent or without a value. */
  @Nullable Node present(String key) {
    Node node = node(key);
    return node instanceof Scalar scalar && scalar.value() == null ? null : node;
  }

  /** The strings of a list with their places, for readers in this package. */
  List<Located> located(String key) {
    Node node = present(key);
    return node == null ? List.of() : values.strings(key, node);
  }

  /** What all sections share, for readers in this package. */
  Reading reading() {
    return reading;
  }

  /** Like {@link #present}, but an empty substitution is the empty text that it is as a string. */
  private @Nullable Node node(String key) {
    known.allow(key);
    Field field = fields.fields().get(key);
    if (field == null) {
      return null;
    }
    return Values.nothing(field.value()) ? null : field.value();
  }

  private Section child(String key, @Nullable Node node) {
    String childPath = Node.path(path, key);
    Position start = position(key);
    if (node instanceof Fields map) {
      return new Section(childPath, start, map, reading);
    }
    if (node == null || (node instanceof Scalar scalar && scalar.value() == null)) {
      return new Section(childPath, start, Fields.empty(start), reading);
    }
    values.wrong(key, node, "a map");
    return new Section(childPath, node.at(), Fields.empty(node.at()), reading.silenced());
  }
}
