package dev.sluice.receivers.otlp.export;

/** What a sender is told about one request; each transport has its own words for it. */
public sealed interface ExportAnswer {
  /** All of it was taken, or there was nothing in it. */
  Success SUCCESS = new Success(0, "");

  /**
   * It was taken.
   *
   * @param rejected items of it that were not and never will be: OTLP's partial success
   */
  record Success(int rejected, String message) implements ExportAnswer {}

  /** Nothing was taken; the sender should come again after the delay. */
  record Overloaded(String reason, long retryAfterNanos) implements ExportAnswer {}

  /** Nothing was taken: the bytes are not what they claim to be. */
  record Malformed(String reason) implements ExportAnswer {}

  /** Nothing was taken: the request is over a limit. */
  record TooLarge(String reason) implements ExportAnswer {}

  /** Nothing was taken, by our fault, and coming again would not help. */
  record Failed(String reason) implements ExportAnswer {}
}
