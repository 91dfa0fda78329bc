package dev.sluice.pipeline;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import java.util.Set;

/** A row of the table of exporters: its name in the configuration, and how it is read and made. */
public interface ExporterFactory {
  /** The component type, as {@code otlp_http}. */
  String type();

  /** Reads the configuration, recording problems in it; makes and opens nothing. */
  Plan read(Section section);

  /**
   * An exporter that is configured and not yet made.
   *
   * @param sender queue, batching, retry and timeout, as read from the section
   * @param ordered whether only one delivery may be under way at a time
   * @param signals what it can take, configured as it is
   * @param make makes it, for one signal; called only when the configuration has no problem
   */
  record Plan(SenderSettings sender, boolean ordered, Set<Signal> signals, Make make) {}

  /** Makes the configured exporter. */
  @FunctionalInterface
  interface Make {
    Exporter make(ExporterContext context);
  }
}
