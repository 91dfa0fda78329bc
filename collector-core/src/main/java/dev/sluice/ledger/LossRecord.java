package dev.sluice.ledger;

import dev.sluice.otlp.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that did not get through, and what they were. Immutable.
 *
 * @param receiver who refused them; empty for a loss on the way out
 * @param exporter who lost them; empty for a refusal
 * @param file the dead letter that holds them; empty when they are kept nowhere
 * @param items how many were lost
 * @param among of how many: more than {@code items} when it is not known which of them it was
 * @param subjects of those {@code among} items; none when there was no time to name them
 */
record LossRecord(
    long epochNanos,
    Kind kind,
    Signal signal,
    String receiver,
    String pipeline,
    String exporter,
    String rule,
    String reason,
    String file,
    int items,
    int among,
    Iterable<Subject> subjects) {
  /** What became of the items. */
  enum Kind {
    /** They were not taken: the sender still has them, and was told to come again. */
    REFUSED,
    /** They are gone. */
    DROPPED,
    /** They are kept as a file. */
    DEAD_LETTERED
  }

  boolean isNamed() {
    return items == among;
  }

  /** The first subject that is what is asked about, or null. */
  @Nullable Subject about(Question question) {
    return signal == question.signal() ? question.first(subjects) : null;
  }

  /** So many items like these, of which nobody had time to tell what they were. */
  LossRecord unnamed(int total, String why) {
    return new LossRecord(
        epochNanos,
        kind,
        signal,
        receiver,
        pipeline,
        exporter,
        rule,
        why,
        "",
        total,
        total,
        List.of());
  }

  /** This loss with the subjects of all its items, or of some. */
  LossRecord with(Subjects some) {
    int lost = isNamed() ? some.items() : items;
    int of = isNamed() ? some.items() : among;
    return new LossRecord(
        epochNanos, kind, signal, receiver, pipeline, exporter, rule, reason, file, lost, of, some);
  }
}
