package dev.sluice.config;

/**
 * A component that the configuration defines.
 *
 * @param id with the type's current name, whatever alias was written
 * @param section its settings; every component's are to be read, used or not, so that mistakes in
 *     them are found
 */
public record Component(ComponentKind kind, ComponentId id, Section section) {

  /** The kind and the id, for messages: {@code exporter "otlp_http/tempo"}. */
  @Override
  public String toString() {
    return kind.word() + " \"" + id + "\"";
  }
}
