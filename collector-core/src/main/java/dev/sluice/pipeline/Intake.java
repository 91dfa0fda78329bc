package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;

/**
 * The way into the pipelines of one signal, as a receiver sees it. Thread-safe; never blocks.
 *
 * <p>A request is admitted once, for all ways out, or refused as a whole.
 */
@FunctionalInterface
public interface Intake {
  /**
   * Offers telemetry; {@code reply} is called exactly once, on this thread or later on another, and
   * what was accepted is then Sluice's to deliver.
   */
  void accept(Telemetry telemetry, Reply reply);

  /** Takes the answer to one request. Must not block and must not throw. */
  @FunctionalInterface
  interface Reply {
    void answer(Admission admission);
  }
}
