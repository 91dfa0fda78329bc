package dev.sluice.pipeline;

import java.util.List;

/**
 * What came of an attempt, judged by the exporter that knows its backend; acted on by {@link
 * Sender}. Reasons are for a person and hold no secret.
 */
public sealed interface ExportResult {
  /** Delivered, all of it. */
  Delivered DELIVERED = new Delivered(List.of());

  /** The backend has it, except the losses; partial success is one of these. */
  record Delivered(List<Loss> losses) implements ExportResult {}

  /**
   * Not now: try again.
   *
   * @param delayNanos what the backend asked to wait, or -1 when it said nothing
   */
  record Retry(String reason, long delayNanos) implements ExportResult {}

  /**
   * Not until a person has mended something: credentials, an address, a backend's setting. The data
   * is held and tried again at the longest interval, and the log says ERROR once.
   */
  record Hold(String reason) implements ExportResult {}

  /**
   * Never: the backend says that the data is wrong.
   *
   * @param divisible whether a part of the batch could be good, so that halves are tried until the
   *     bad items are alone
   */
  record Permanent(String reason, boolean divisible) implements ExportResult {}
}
