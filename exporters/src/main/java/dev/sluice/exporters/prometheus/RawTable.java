package dev.sluice.exporters.prometheus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries found by their parent and raw bytes, in an open-addressed table. Hot path: a lookup
 * allocates nothing; a hit is verified by comparing the bytes, never by the hash alone. Not
 * thread-safe; grows without a limit of its own, which is its owner's to keep.
 */
final class RawTable<E extends RawTable.Entry> {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int CAPACITY_MIN = 64;

  private final long seed;
  private @Nullable Entry[] slots = new @Nullable Entry[CAPACITY_MIN];
  private int size;

  /** An empty table; {@code seed} keeps senders from choosing keys that collide. */
  RawTable(long seed) {
    this.seed = seed;
  }

  /** What a table holds. The key is never changed. */
  abstract static class Entry {
    private final @Nullable Entry parent;
    final byte[] key;
    final int hash;

    Entry(@Nullable Entry parent, byte[] key, int hash) {
      this.parent = parent;
      this.key = key;
      this.hash = hash;
    }

    @Nullable Entry parent() {
      return parent;
    }
  }

  int size() {
    return size;
  }

  int hash(@Nullable Entry parent, byte[] array, int offset, int length) {
    long hash = seed ^ length ^ (parent == null ? 0 : (long) parent.hash << 32);
    int end = offset + length;
    int at = offset;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) LONG.get(array, at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = tail << 8 | (array[at] & 0xff);
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ hash >>> 32);
  }

  /** The entry of these bytes under {@code parent}, or null. */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // add takes only E; parents are unique
  @Nullable E find(@Nullable Entry parent, int hash, byte[] array, int offset, int length) {
    @Nullable Entry[] table = slots;
    int mask = table.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      Entry entry = table[i];
      if (entry == null) {
        return null;
      }
      if (entry.hash == hash
          && entry.parent == parent
          && Arrays.equals(entry.key, 0, entry.key.length, array, offset, offset + length)) {
        return (E) entry;
      }
    }
  }

  /** Whether an entry of this parent and these bytes is here. */
  boolean holds(E entry) {
    Entry like = entry;
    return find(like.parent, like.hash, like.key, 0, like.key.length) != null;
  }

  /** Adds an entry that {@link #find} did not find. */
  void add(E entry) {
    if (++size * 2 > slots.length) {
      grow();
    }
    place(slots, entry);
  }

  /** Hands out all entries, in no order. */
  @SuppressWarnings("unchecked") // add takes only E
  void forEach(Consumer<E> action) {
    for (Entry entry : slots) {
      if (entry != null) {
        action.accept((E) entry);
      }
    }
  }

  private void grow() {
    @Nullable Entry[] larger = new @Nullable Entry[slots.length * 2];
    for (Entry entry : slots) {
      if (entry != null) {
        place(larger, entry);
      }
    }
    slots = larger;
  }

  private static void place(@Nullable Entry[] table, Entry entry) {
    int mask = table.length - 1;
    int i = entry.hash & mask;
    while (table[i] != null) {
      i = (i + 1) & mask;
    }
    table[i] = entry;
  }

  private static long mix(long value) {
    long product = value * MULTIPLIER;
    return product ^ product >>> 32;
  }
}
