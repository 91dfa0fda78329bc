package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.function.Consumer;

/**
 * Where lost telemetry is kept with the reason, for a person or for a replay. Thread-safe; bounded.
 */
public interface DeadLetters {
  /** Keeps nothing: what is lost is dropped and counted. */
  DeadLetters NONE = (letter, kept) -> false;

  /** What {@code kept} is called with for a letter that could not be written. */
  String NOT_KEPT = "";

  /**
   * Takes a letter to be written; never blocks.
   *
   * @param kept called once, later and on another thread, with the name of the file that holds it
   *     now, or {@link #NOT_KEPT}
   * @return false when it cannot be kept, because the bounds are reached; {@code kept} is not
   *     called
   */
  boolean offer(Letter letter, Consumer<String> kept);

  /**
   * Telemetry that was lost.
   *
   * @param rule what decided it, as {@code rejected_by_backend} or {@code overflow}
   * @param reason what a person should know
   */
  record Letter(
      String pipeline, String exporter, String rule, String reason, Telemetry telemetry) {}
}
