package dev.sluice.config;

import dev.sluice.config.Node.Field;
import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Items;
import dev.sluice.config.Node.Scalar;
import dev.sluice.config.Retriever.Origin;
import dev.sluice.config.Retriever.Retrieved;
import dev.sluice.config.Retriever.Unavailable;
import dev.sluice.config.YamlReader.InvalidYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:X}</code>, <code>${X}</code>, <code>${file:path}</code> and <code>
 * ${yaml:text}</code> in values, and then <code>$$</code> by a dollar sign.
 *
 * <p>Follows the Collector's confmap: a value that is one reference takes the YAML type of what it
 * refers to and keeps the original text for where a string is expected; inside a longer text the
 * original text is put in; what was put in may refer on; <code>${env:${X}}</code> is resolved from
 * the inside; keys are left alone. Unlike there, an escaped reference does not stop the ones after
 * it, <code>${X:-default}</code> needs no {@code env:}, and a string from a file ends before its
 * last line break.
 *
 * <p>Limits: {@value #REFERENCES_MAX} references, {@value #TEXT_MAX} characters a value, {@value
 * #WRITTEN_MAX} characters written in all, intermediate texts included: a reference that leads to
 * itself with something beside it makes a longer text each time.
 */
final class Substitution {
  static final int REFERENCES_MAX = 10_000;
  static final int TEXT_MAX = 1024 * 1024;
  static final int WRITTEN_MAX = 16 * TEXT_MAX;
  private static final int DEPTH_MAX = 2 * YamlReader.DEPTH_MAX;

  private final Retriever retriever;
  private final Problems problems;
  private int references;
  private long nodes;
  private long written;
  private int depth;

  Substitution(Retriever retriever, Problems problems) {
    this.retriever = retriever;
    this.problems = problems;
  }

  /**
   * The whole configuration with every reference replaced; what cannot be replaced is a problem.
   */
  Fields apply(Fields root) {
    return unescaped(expandedFields(root, ""));
  }

  private Node expanded(Node node, String path) {
    if (depth == DEPTH_MAX) {
      return failed(
          node.at(), path, "substitution nests too deep; does a reference lead to itself?");
    }
    depth++;
    Node expanded =
        switch (node) {
          case Items items -> expandedItems(items, path);
          case Fields fields -> expandedFields(fields, path);
          case Scalar scalar -> expandedScalar(scalar, path);
        };
    depth--;
    return expanded;
  }

  private Items expandedItems(Items list, String path) {
    List<Node> expanded = new ArrayList<>(list.items().size());
    for (Node item : list.items()) {
      expanded.add(expanded(item, Node.path(path, String.valueOf(expanded.size()))));
    }
    return new Items(list.at(), expanded, expandedText(list.at(), list.original()));
  }

  private Fields expandedFields(Fields map, String path) {
    Map<String, Field> expanded = new LinkedHashMap<>();
    map.fields()
        .forEach((key, field) ->
            expanded.put(
                key, new Field(field.keyAt(), expanded(field.value(), Node.path(path, key)))));
    return new Fields(map.at(), expanded, expandedText(map.at(), map.original()));
  }

  private Node expandedScalar(Scalar scalar, String path) {
    Node current = scalar;
    while (current instanceof Scalar(Position at, String text, String _)) {
      Reference reference = Reference.first(text);
      if (reference == null) {
        return current;
      }
      current = replaced(at, text, reference, path);
    }
    return current instanceof Scalar
        ? current.withOriginal(expandedText(current.at(), current.original()))
        : expanded(current, path);
  }

  private Node replaced(Position at, String text, Reference reference, String path) {
    if (++references > REFERENCES_MAX) {
      return failed(
          at, path, "more than " + REFERENCES_MAX + " references; does one lead to itself?");
    }
    try {
      ConfigSource source = reference.source();
      Retrieved found = retriever.retrieve(source);
      if (found.origin() == Origin.UNSET) {
        problems.warning(
            at,
            path,
            "environment variable "
                + source.value()
                + " is not set; empty is used (a default is written ${env:"
                + source.value()
                + ":-value})");
      }
      return reference.isAllOf(text)
          ? parsed(at, source, found)
          : joined(at, text, reference, found);
    } catch (Unavailable e) {
      return failed(at, path, e.reason());
    }
  }

  private Node parsed(Position at, ConfigSource source, Retrieved found) throws Unavailable {
    String text = textOf(source, found);
    if (found.origin() == Origin.DEFAULT && text.isEmpty()) {
      return new Scalar(at, "", "");
    }
    Node node = parsedOrText(at, source, text);
    nodes += node.size();
    if (nodes > YamlReader.NODES_MAX) {
      throw new Unavailable("substitution makes more than " + YamlReader.NODES_MAX + " values");
    }
    return node;
  }

  private static Node parsedOrText(Position at, ConfigSource source, String text) {
    Problems duplicates = new Problems();
    try {
      Node node =
          source.scheme().equals("file")
              ? YamlReader.read(source.value(), text, duplicates)
              : YamlReader.readAt(at, text, duplicates);
      if (duplicates.hasErrors()) {
        return new Scalar(at, text, text);
      }
      return switch (node) {
        case Scalar(Position _, String _, String _) -> new Scalar(at, text, text);
        case Scalar scalar -> new Scalar(at, scalar.value(), text);
        case Items items -> items.withOriginal(text);
        case Fields fields -> fields.withOriginal(text);
      };
    } catch (InvalidYaml _) {
      return new Scalar(at, text, text);
    }
  }

  private Scalar joined(Position at, String text, Reference reference, Retrieved found)
      throws Unavailable {
    String joined = reference.replacedIn(text, textOf(reference.source(), found));
    if (joined.length() > TEXT_MAX) {
      throw new Unavailable("substitution makes a text of more than " + TEXT_MAX + " characters");
    }
    written += joined.length();
    if (written > WRITTEN_MAX) {
      throw new Unavailable(
          "substitution writes more than "
              + WRITTEN_MAX
              + " characters; does a reference lead to itself?");
    }
    return new Scalar(at, joined);
  }

  private static String textOf(ConfigSource source, Retrieved found) {
    String text = found.text();
    if (!source.scheme().equals("file") || !text.endsWith("\n")) {
      return text;
    }
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }

  private Scalar failed(Position at, String path, String reason) {
    problems.error(at, path, reason);
    return new Scalar(at, null, "");
  }

  /** The text of a value that is no string, with its references replaced; null when one cannot. */
  private @Nullable String expandedText(Position at, @Nullable String original) {
    String text = original;
    Reference reference = text == null ? null : Reference.first(text);
    while (text != null && reference != null) {
      if (++references > REFERENCES_MAX) {
        return null;
      }
      try {
        Retrieved found = retriever.retrieve(reference.source());
        text = String.valueOf(joined(at, text, reference, found).value());
      } catch (Unavailable _) {
        return null;
      }
      reference = Reference.first(text);
    }
    return text;
  }

  private static Node unescaped(Node node) {
    return switch (node) {
      case Fields fields -> unescaped(fields);
      case Items list ->
          new Items(
              list.at(),
              list.items().stream().map(Substitution::unescaped).toList(),
              unescaped(list.original()));
      case Scalar(Position at, String text, String original) ->
          new Scalar(at, text.replace("$$", "$"), unescaped(original));
      case Scalar scalar -> scalar;
    };
  }

  private static Fields unescaped(Fields map) {
    Map<String, Field> fields = new LinkedHashMap<>();
    map.fields()
        .forEach(
            (key, field) -> fields.put(key, new Field(field.keyAt(), unescaped(field.value()))));
    return new Fields(map.at(), fields, unescaped(map.original()));
  }

  private static @Nullable String unescaped(@Nullable String text) {
    return text == null ? null : text.replace("$$", "$");
  }

  /**
   * The first innermost reference of a text that is not escaped; {@code end} is after its brace.
   */
  private record Reference(int start, int end, ConfigSource source) {

    static @Nullable Reference first(String text) {
      int close = text.indexOf('}');
      for (int from = 0; close >= 0; from = close + 1, close = text.indexOf('}', from)) {
        int open = text.lastIndexOf("${", close);
        if (open >= from && !escaped(text, open)) {
          String inside = text.substring(open + 2, close);
          return new Reference(open, close + 1, ConfigSource.reference(inside));
        }
      }
      return null;
    }

    private static boolean escaped(String text, int open) {
      int dollars = 0;
      while (open - dollars > 0 && text.charAt(open - dollars - 1) == '$') {
        dollars++;
      }
      return dollars % 2 == 1;
    }

    boolean isAllOf(String text) {
      return start == 0 && end == text.length();
    }

    String replacedIn(String text, String replacement) {
      return text.substring(0, start) + replacement + text.substring(end);
    }
  }
}
