package dev.sluice.pipeline;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Items of a batch that did not reach the backend although the batch was delivered.
 *
 * @param kind whether the backend refused them or a rule of ours dropped them
 * @param rule the rule's name for meters, as {@code rejected_by_backend} or {@code
 *     unsupported_metric}; a small fixed set
 * @param items how many; at least 1
 * @param ordinals which items of the batch, or null when the backend told only the number
 * @param reason what the backend or the rule says, for a person
 */
public record Loss(Kind kind, String rule, int items, @Nullable BitSet ordinals, String reason) {
  /** Who decided the loss. */
  public enum Kind {
    /** The backend refused the items: they go to the dead letters. */
    REJECTED,
    /** A rule of ours dropped them: counted by its name. */
    DROPPED
  }

  public static Loss rejected(int items, @Nullable BitSet ordinals, String reason) {
    return new Loss(Kind.REJECTED, "rejected_by_backend", items, ordinals, reason);
  }

  public static Loss dropped(String rule, int items, @Nullable BitSet ordinals, String reason) {
    return new Loss(Kind.DROPPED, rule, items, ordinals, reason);
  }
}
