package dev.sluice.config;

import dev.sluice.config.Node.Field;
import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Items;
import dev.sluice.config.Node.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns YAML text into {@link Node}s that know where they stand.
 *
 * <p>Works on the parser's events, so that aliases cannot make more of a document than its limits
 * allow: {@value #TEXT_MAX} characters, {@value #DEPTH_MAX} levels, {@value #NODES_MAX} values
 * after aliases and merge keys. One use for one document.
 */
final class YamlReader {
  static final int TEXT_MAX = 4 * 1024 * 1024;
  static final int DEPTH_MAX = 64;
  static final int NODES_MAX = 200_000;

  private static final String MERGE_KEY = "<<";

  private final BiFunction<Integer, Integer, Position> positions;
  private final Map<String, Node> anchors = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Problems problems;
  private final Parser parser;

  private YamlReader(
      String text, BiFunction<Integer, Integer, Position> positions, Problems problems) {
    this.positions = positions;
    this.problems = problems;
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(TEXT_MAX).build();
    this.parser = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /** Reads a source whose lines are its own; keys defined twice become problems. */
  static Node read(String source, String text, Problems problems) throws InvalidYaml {
    return read(text, (line, column) -> new Position(source, line, column), problems);
  }

  /** Reads a value that was written elsewhere; all of it stands where it was asked for. */
  static Node readAt(Position at, String text, Problems problems) throws InvalidYaml {
    return read(text, (line, column) -> at, problems);
  }

  private static Node read(
      String text, BiFunction<Integer, Integer, Position> positions, Problems problems)
      throws InvalidYaml {
    if (text.length() > TEXT_MAX) {
      throw new InvalidYaml(
          positions.apply(1, 1), "longer than the limit of " + TEXT_MAX + " characters");
    }
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      return new YamlReader(body, positions, problems).document();
    } catch (MarkedYamlEngineException e) {
      throw invalid(positions, e);
    } catch (YamlEngineException e) {
      throw new InvalidYaml(positions.apply(1, 1), String.valueOf(e.getMessage()));
    }
  }

  private static InvalidYaml invalid(
      BiFunction<Integer, Integer, Position> positions, MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    Position at =
        mark.map(m -> positions.apply(m.getLine() + 1, m.getColumn() + 1))
            .orElseGet(() -> positions.apply(1, 1));
    return new InvalidYaml(at, YamlReasons.plain(e.getContext(), e.getProblem()));
  }

  private Node document() throws InvalidYaml {
    Node root = new Scalar(positions.apply(1, 1), null);
    parser.next();
    if (parser.checkEvent(Event.ID.DocumentStart)) {
      parser.next();
      root = node(parser.next());
      parser.next();
    }
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new InvalidYaml(
          at(parser.peekEvent()), "a second document begins here; a source holds one");
    }
    return root;
  }

  private Node node(Event event) throws InvalidYaml {
    if (path.size() > DEPTH_MAX) {
      throw new InvalidYaml(at(event), "nested deeper than the limit of " + DEPTH_MAX);
    }
    Node node =
        switch (event) {
          case AliasEvent alias -> aliased(alias);
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> items(start);
          case MappingStartEvent start -> fields(start);
          default -> throw new InvalidYaml(at(event), "unexpected " + event.getEventId());
        };
    if (node.size() > NODES_MAX) {
      throw new InvalidYaml(at(event), "more than the limit of " + NODES_MAX + " values");
    }
    if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
      named.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    }
    return node;
  }

  private Node child(String key) throws InvalidYaml {
    path.addLast(key);
    Node child = node(parser.next());
    path.removeLast();
    return child;
  }

  private Node aliased(AliasEvent event) throws InvalidYaml {
    String name = event.getAlias().getValue();
    Node node = anchors.get(name);
    if (node == null) {
      throw new InvalidYaml(at(event), "alias *" + name + " has no anchor &" + name + " before it");
    }
    return node;
  }

  private Scalar scalar(ScalarEvent event) {
    String text = event.getValue();
    return switch (event.getTag().orElse("")) {
      case "" -> new Scalar(at(event), event.isPlain() ? PlainScalar.typed(text) : text);
      case "tag:yaml.org,2002:int",
          "tag:yaml.org,2002:float",
          "tag:yaml.org,2002:bool",
          "tag:yaml.org,2002:null" ->
          new Scalar(at(event), PlainScalar.typed(text));
      default -> new Scalar(at(event), text);
    };
  }

  private Items items(SequenceStartEvent start) throws InvalidYaml {
    List<Node> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(child(String.valueOf(items.size())));
    }
    parser.next();
    return new Items(at(start), items);
  }

  private Fields fields(MappingStartEvent start) throws InvalidYaml {
    Map<String, Field> fields = new LinkedHashMap<>();
    List<Fields> merges = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event key = parser.next();
      boolean merge = mergeKey(key);
      String name = key(key);
      Node value = child(name);
      if (merge) {
        collectMerges(value, merges);
      } else {
        put(fields, name, new Field(at(key), value));
      }
    }
    parser.next();
    merges.forEach(merged -> merged.fields().forEach(fields::putIfAbsent));
    return new Fields(at(start), fields);
  }

  private static boolean mergeKey(Event key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals(MERGE_KEY);
  }

  private String key(Event event) throws InvalidYaml {
    return switch (node(event)) {
      case Scalar(Position _, String text, String _) -> text;
      case Scalar scalar when event instanceof ScalarEvent plain && scalar.value() != null ->
          plain.getValue();
      case Node other ->
          throw new InvalidYaml(at(event), "a key must be text, not " + other.described());
    };
  }

  private void put(Map<String, Field> fields, String name, Field field) {
    Field earlier = fields.putIfAbsent(name, field);
    if (earlier != null) {
      problems.error(
          field.keyAt(),
          Node.path(String.join("::", path), name),
          "defined twice in the same map, first at line " + earlier.keyAt().line());
    }
  }

  private static void collectMerges(Node value, List<Fields> merges) throws InvalidYaml {
    switch (value) {
      case Fields map -> merges.add(map);
      case Items list -> {
        for (Node item : list.items()) {
          if (!(item instanceof Fields map)) {
            throw new InvalidYaml(item.at(), "<< takes a map or a list of maps");
          }
          merges.add(map);
        }
      }
      case Scalar scalar -> throw new InvalidYaml(scalar.at(), "<< takes a map or a list of maps");
    }
  }

  private Position at(Event event) {
    return event
        .getStartMark()
        .map(mark -> positions.apply(mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> positions.apply(1, 1));
  }

  /** What is wrong with the text, in plain words, and where. */
  static final class InvalidYaml extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    InvalidYaml(Position at, String reason) {
      super(reason);
      this.at = at;
    }

    Position at() {
      return at;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
