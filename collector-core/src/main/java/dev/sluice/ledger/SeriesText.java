package dev.sluice.ledger;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Set;

/** A series as {@code name{key="value",key="value"}}, which {@link Series} reads. */
final class SeriesText {
  /** Of a series that is kept as text. */
  static final int CHARACTERS_MAX = 400;

  /** Stands at the end of a text that was cut. */
  static final char CUT = '…';

  private static final int LABEL_CHARACTERS_MAX = 200;

  /** Of a resource, what Prometheus knows as job and instance. */
  private static final Set<String> SERVICE =
      Set.of("service.namespace", "service.name", "service.instance.id");

  private SeriesText() {}

  /** Adds an attribute of a point. Moves the reader. */
  static void addLabel(WireReader attribute, StringBuilder labels) {
    String key = "";
    String text = "";
    while (attribute.next()) {
      switch (attribute.field()) {
        case Otlp.KeyValue.KEY -> key = attribute.string();
        case Otlp.KeyValue.VALUE ->
            text = ValueText.of(attribute.enter(new WireReader()), LABEL_CHARACTERS_MAX);
        default -> attribute.skip();
      }
    }
    add(key, text, labels);
  }

  /** Adds an attribute of a resource when it names the service. Moves the reader. */
  static void addServiceLabel(WireReader attribute, StringBuilder labels) {
    StringBuilder label = new StringBuilder();
    addLabel(attribute, label);
    if (SERVICE.contains(label.substring(0, Math.max(0, label.indexOf("="))))) {
      labels.append(label);
    }
  }

  private static void add(String key, String text, StringBuilder labels) {
    labels.append(key).append("=\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        labels.append('\\');
      }
      labels.append(c);
    }
    labels.append("\",");
  }

  /** The whole text. */
  static String of(String name, StringBuilder labels) {
    if (labels.isEmpty()) {
      return name;
    }
    labels.setLength(labels.length() - 1);
    return name + "{" + labels + "}";
  }

  /** The text as it is kept. */
  static String cut(String series) {
    return series.length() <= CHARACTERS_MAX
        ? series
        : ValueText.cut(series, CHARACTERS_MAX - 1) + CUT;
  }
}
