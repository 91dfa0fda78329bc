package dev.sluice.ledger;

import java.util.List;

/**
 * How far a part of the ledger can be relied on.
 *
 * @param sinceNanos since when it has everything, in nanoseconds since the epoch
 * @param unnamedItems items of the signal asked about that it counted without naming them, because
 *     there were too many at once
 * @param damagedLines lines on disk that cannot be read
 * @param unreadable files that cannot be read, with the reason
 */
public record Completeness(
    long sinceNanos, long unnamedItems, int damagedLines, List<String> unreadable) {
  /** Whether what is not in it did not happen. */
  public boolean isWhole() {
    return unnamedItems == 0 && damagedLines == 0 && unreadable.isEmpty();
  }
}
