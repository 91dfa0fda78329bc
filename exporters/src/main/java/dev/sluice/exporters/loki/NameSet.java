package dev.sluice.exporters.loki;

import java.util.Arrays;

/**
 * The names that one entry's metadata has so far, as positions in the bytes being written. Hot
 * path: allocates nothing after construction; clearing is a counter. Not thread-safe.
 */
final class NameSet {
  static final int NONE = -1;

  private final int[] stamps;
  private final int[] hashes;
  private final int[] offsets;
  private final int[] lengths;
  private final int mask;
  private int stamp;

  /** Makes room for {@code namesMax} names; more must not be added between two clears. */
  NameSet(int namesMax) {
    int slots = Integer.highestOneBit(Math.max(namesMax, 8)) * 4;
    stamps = new int[slots];
    hashes = new int[slots];
    offsets = new int[slots];
    lengths = new int[slots];
    mask = slots - 1;
  }

  void clear() {
    stamp++;
    if (stamp == 0) {
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
  }

  /** The offset in {@code written} of the name equal to the given one, or {@link #NONE}. */
  int find(byte[] written, byte[] name, int offset, int length, int hash) {
    for (int slot = hash & mask; stamps[slot] == stamp; slot = (slot + 1) & mask) {
      if (hashes[slot] == hash && lengths[slot] == length) {
        int start = offsets[slot];
        if (Arrays.equals(written, start, start + length, name, offset, offset + length)) {
          return start;
        }
      }
    }
    return NONE;
  }

  void add(int offset, int length, int hash) {
    int slot = hash & mask;
    while (stamps[slot] == stamp) {
      slot = (slot + 1) & mask;
    }
    stamps[slot] = stamp;
    hashes[slot] = hash;
    offsets[slot] = offset;
    lengths[slot] = length;
  }
}
