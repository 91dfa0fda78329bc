package dev.sluice.config;

/** What a component is for: the five maps at the top of a configuration. */
public enum ComponentKind {
  RECEIVER("receivers", "a receiver"),
  PROCESSOR("processors", "a processor"),
  EXPORTER("exporters", "an exporter"),
  CONNECTOR("connectors", "a connector"),
  EXTENSION("extensions", "an extension");

  private final String key;
  private final String one;

  ComponentKind(String key, String one) {
    this.key = key;
    this.one = one;
  }

  /** The key of its map, which is also its plural: {@code exporters}. */
  public String key() {
    return key;
  }

  /** The word for one: {@code exporter}. */
  public String word() {
    return key.substring(0, key.length() - 1);
  }

  /** The word for one with its article: {@code an exporter}. */
  String one() {
    return one;
  }
}
