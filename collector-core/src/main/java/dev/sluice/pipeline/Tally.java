package dev.sluice.pipeline;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the items that one cursor was given, each counted once, in the place that decides.
 * Guarded by the ring's lock.
 *
 * <p>At all times accepted = delivered + dropped + dead-lettered + held.
 */
final class Tally {
  long accepted;
  long delivered;
  long deadLettered;

  /** Items on their way to the dead letters: given up, not written yet; they count as held. */
  long dying;

  private final Map<String, Long> dropped = new TreeMap<>();

  void dropped(String rule, int items) {
    dropped.merge(rule, (long) items, Long::sum);
  }

  Map<String, Long> dropped() {
    return new TreeMap<>(dropped);
  }
}
