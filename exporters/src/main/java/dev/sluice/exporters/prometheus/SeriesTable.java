package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * Series found by their labels, in an open-addressed table; a hit is verified by comparing the
 * labels, never by the hash alone. Not thread-safe; grows without a limit of its own, which is its
 * owner's to keep.
 */
final class SeriesTable {
  private static final int CAPACITY_MIN = 64;

  private @Nullable Series[] slots = new @Nullable Series[CAPACITY_MIN];
  private int size;

  int size() {
    return size;
  }

  /** The series that equals {@code series}, or null. */
  @Nullable Series find(Series series) {
    int mask = slots.length - 1;
    for (int i = series.hashCode() & mask; ; i = (i + 1) & mask) {
      Series found = slots[i];
      if (found == null || found.equals(series)) {
        return found;
      }
    }
  }

  /** Adds a series that {@link #find} did not find. */
  void add(Series series) {
    if (++size * 2 > slots.length) {
      grow();
    }
    place(slots, series);
  }

  private void grow() {
    @Nullable Series[] larger = new @Nullable Series[slots.length * 2];
    for (Series series : slots) {
      if (series != null) {
        place(larger, series);
      }
    }
    slots = larger;
  }

  private static void place(@Nullable Series[] table, Series series) {
    int mask = table.length - 1;
    int i = series.hashCode() & mask;
    while (table[i] != null) {
      i = (i + 1) & mask;
    }
    table[i] = series;
  }
}
