package dev.sluice.ledger;

/**
 * One thing that happened to what was asked about. Immutable; what does not apply is empty or 0.
 *
 * @param epochNanos when, in nanoseconds since the epoch
 * @param subject the text of the record or series; empty for a trace
 * @param items how many items it happened to: of the request, the batch or the loss
 * @param among of how many; more than {@code items} when it is not known which of them it was
 * @param requests how many requests the batch was made of
 * @param rule what decided a loss, as in the meters
 * @param reason for a person
 * @param file the dead letter
 */
public record Event(
    long epochNanos,
    What what,
    String pipeline,
    String receiver,
    String exporter,
    String subject,
    int items,
    int among,
    long requests,
    String rule,
    String reason,
    String file) {
  /** What happened, in the order in which it does. */
  public enum What {
    REFUSED,
    ACCEPTED,
    TAKEN,
    ATTEMPT_FAILED,
    DELIVERED,
    DROPPED,
    DEAD_LETTERED
  }

  static Event of(What what, long epochNanos, Journey journey) {
    return new Event(
        epochNanos,
        what,
        journey.pipeline(),
        journey.receiver(),
        "",
        journey.subject(),
        journey.items(),
        journey.items(),
        1,
        "",
        "",
        "");
  }

  static Event of(
      What what, long epochNanos, Journey journey, Journey.Exit exit, long items, String reason) {
    return new Event(
        epochNanos,
        what,
        journey.pipeline(),
        "",
        exit.exporter(),
        journey.subject(),
        Math.toIntExact(items),
        exit.batchItems(),
        exit.batchRequests(),
        "",
        reason,
        "");
  }

  static Event of(LossRecord loss, String subject) {
    What what =
        switch (loss.kind()) {
          case REFUSED -> What.REFUSED;
          case DROPPED -> What.DROPPED;
          case DEAD_LETTERED -> What.DEAD_LETTERED;
        };
    return new Event(
        loss.epochNanos(),
        what,
        loss.pipeline(),
        loss.receiver(),
        loss.exporter(),
        subject,
        loss.items(),
        loss.among(),
        0,
        loss.rule(),
        loss.reason(),
        loss.file());
  }
}
