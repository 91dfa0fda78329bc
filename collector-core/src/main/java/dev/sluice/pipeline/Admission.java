package dev.sluice.pipeline;

/** The answer to a request offered to an {@link Intake}. */
public sealed interface Admission {
  /** All of it was taken. */
  Accepted ACCEPTED = new Accepted(0, "");

  /**
   * Taken, except {@code rejected} items that will never be: the answer is OTLP's partial success.
   *
   * @param rejected how many items were not taken; 0 means all were taken
   * @param message why, for a person; empty when nothing was rejected
   */
  record Accepted(int rejected, String message) implements Admission {}

  /**
   * Nothing of it was taken and the sender should come again: UNAVAILABLE, 503.
   *
   * @param retryAfterNanos when to come again, nanoseconds from now
   */
  record Refused(String reason, long retryAfterNanos) implements Admission {}

  /** Nothing of it was taken and coming again would not help: INTERNAL, 500. */
  record Failed(String reason) implements Admission {}
}
