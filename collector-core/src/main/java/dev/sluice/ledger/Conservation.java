package dev.sluice.ledger;

import dev.sluice.otlp.Signal;
import java.util.List;
import java.util.Map;

/**
 * The conservation law at one moment: received = delivered + refused + dropped + dead-lettered +
 * held, in items. Immutable.
 */
public record Conservation(List<In> receivers, List<Out> exporters) {
  /**
   * One receiver and signal: what came is accepted, refused, or waits for its answer.
   *
   * @param accepted taken by the pipelines
   * @param refused not taken, and said so
   * @param answered what the receiver has told its senders of, by its own meters
   * @param imbalance items that it has told of and that did not come; 0, or there is a bug
   */
  public record In(
      String receiver, Signal signal, long accepted, long refused, long answered, long imbalance) {
    /** Items whose sender has no answer yet. */
    public long unanswered() {
      return Math.max(0, accepted + refused - answered);
    }
  }

  /**
   * One exporter in one pipeline.
   *
   * @param received what the receivers that feed the pipeline took
   * @param resumed those of {@code accepted} that were on disk when the process began
   * @param dropped by the name of the rule
   * @param imbalance items that are nowhere, or twice, or that nobody received; 0, or there is a
   *     bug
   */
  public record Out(
      String pipeline,
      Signal signal,
      String exporter,
      long received,
      long accepted,
      long resumed,
      long delivered,
      Map<String, Long> dropped,
      long deadLettered,
      long held,
      long imbalance) {}

  /** Whether every item is in exactly one place. */
  public boolean holds() {
    return receivers.stream().allMatch(in -> in.imbalance == 0)
        && exporters.stream().allMatch(out -> out.imbalance == 0);
  }
}
