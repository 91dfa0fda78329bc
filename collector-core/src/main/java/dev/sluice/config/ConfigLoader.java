package dev.sluice.config;

import dev.sluice.config.Node.Field;
import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Scalar;
import dev.sluice.config.Retriever.Origin;
import dev.sluice.config.Retriever.Retrieved;
import dev.sluice.config.Retriever.Unavailable;
import dev.sluice.config.YamlReader.InvalidYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads, merges and substitutes configuration sources, as the Collector's {@code --config} and
 * {@code --set} do.
 *
 * <p>A source is a path, {@code file:PATH}, {@code env:NAME} (YAML in a variable) or {@code
 * yaml:TEXT}, where {@code ::} in a top-level key makes maps: {@code yaml:a::b: 1}. Sources are
 * merged in their order, assignments last: maps are joined, lists and scalars replaced. Only then
 * are references replaced. When a source cannot be read, that is all that is reported. One thread;
 * reads files when {@link #load} is called and never again.
 */
public final class ConfigLoader {
  private final Retriever retriever;
  private final Problems problems;

  /**
   * A loader that looks variables up in {@code environment} (null for one that is not set) and
   * records what is wrong in {@code problems}.
   */
  public ConfigLoader(Function<String, @Nullable String> environment, Problems problems) {
    this.retriever = new Retriever(environment);
    this.problems = problems;
  }

  /**
   * Loads a configuration.
   *
   * @param locations the values of {@code --config}, in their order
   * @param assignments the values of {@code --set}, {@code a.b.c=value} or {@code a::b::c=value}
   */
  public Config load(List<String> locations, List<String> assignments) {
    Position start = Position.of(locations.isEmpty() ? "" : locations.getFirst());
    Fields merged = Fields.empty(start);
    boolean complete = true;
    for (String location : locations) {
      ConfigSource source = ConfigSource.location(location);
      Fields fields = read(source, source.label());
      complete &= fields != null;
      merged = fields == null ? merged : merged.mergedWith(fields);
    }
    for (String assignment : assignments) {
      Fields fields = assigned(assignment);
      complete &= fields != null;
      merged = fields == null ? merged : merged.mergedWith(fields);
    }
    return complete ? substituted(merged) : nothing(start);
  }

  /** Loads YAML that is at hand, under the name that messages shall have for it. */
  public Config loadText(String name, String yaml) {
    Fields fields = parsed(name, yaml, false);
    return fields == null ? nothing(Position.of(name)) : substituted(fields);
  }

  private Config substituted(Fields fields) {
    return new Config(new Substitution(retriever, problems).apply(fields), problems);
  }

  /** Without one of its sources the rest cannot be judged: what is said of it goes unheard. */
  private static Config nothing(Position at) {
    return new Config(Fields.empty(at), new Problems());
  }

  private @Nullable Fields assigned(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      Position at = Position.of("--set " + assignment);
      problems.error(at, "", "has no '='; the form is --set=a.b.c=value");
      return null;
    }
    String keys = assignment.substring(0, equals).strip();
    return read(ConfigSource.assignment(keys, assignment.substring(equals + 1)), "--set " + keys);
  }

  private @Nullable Fields read(ConfigSource source, String name) {
    try {
      Retrieved retrieved = retriever.retrieve(source);
      if (retrieved.origin() == Origin.UNSET) {
        throw new Unavailable("environment variable " + source.value() + " is not set");
      }
      return parsed(name, retrieved.text(), source.scheme().equals("yaml"));
    } catch (Unavailable e) {
      problems.error(Position.of(name), "", e.reason());
      return null;
    }
  }

  private @Nullable Fields parsed(String name, String yaml, boolean inline) {
    try {
      Node node =
          inline
              ? YamlReader.readAt(Position.of(name), yaml, problems)
              : YamlReader.read(name, yaml, problems);
      return switch (node) {
        case Fields fields -> unfolded(fields);
        case Scalar scalar when scalar.value() == null -> Fields.empty(scalar.at());
        default -> {
          problems.error(node.at(), "", "a configuration is a map, not " + node.described());
          yield null;
        }
      };
    } catch (InvalidYaml e) {
      problems.error(e.at(), "", e.reason());
      return null;
    }
  }

  /** Makes maps of the top-level keys that name a path: {@code a::b: 1} is {@code a: {b: 1}}. */
  private static Fields unfolded(Fields folded) {
    Fields unfolded = Fields.empty(folded.at());
    for (Map.Entry<String, Field> entry : folded.fields().entrySet()) {
      Field field = entry.getValue();
      String[] keys = entry.getKey().split("::", -1);
      for (int i = keys.length - 1; i > 0; i--) {
        field = new Field(field.keyAt(), one(field.keyAt(), keys[i], field));
      }
      unfolded = unfolded.mergedWith(one(folded.at(), keys[0], field));
    }
    return unfolded;
  }

  private static Fields one(Position at, String key, Field field) {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put(key, field);
    return new Fields(at, fields);
  }
}
