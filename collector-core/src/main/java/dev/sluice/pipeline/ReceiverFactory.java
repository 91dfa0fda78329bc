package dev.sluice.pipeline;

import dev.sluice.config.Section;

/** A row of the table of receivers: its name in the configuration, and how it is read and made. */
public interface ReceiverFactory {
  /** The component type, as {@code otlp}. */
  String type();

  /** Reads the configuration, recording problems in it; makes and opens nothing. */
  Plan read(Section section);

  /**
   * A receiver that is configured and not yet made. Called only when the configuration has no
   * problem.
   */
  @FunctionalInterface
  interface Plan {
    Receiver make(ReceiverContext context);
  }
}
