package dev.sluice.exporters.loki;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose keys are ranges of raw bytes, compared byte by byte: a hash alone decides nothing.
 * Not thread-safe. A look-up allocates nothing.
 *
 * <p>It grows until its owner clears it: the encoder looks at {@link #isFull()} between batches, so
 * that no entry vanishes in the middle of one.
 */
final class RawCache<V> {
  private static final int INITIAL_SLOTS = 64;

  private final int entriesMax;
  private final long bytesMax;
  private @Nullable Entry<V>[] slots = newSlots(INITIAL_SLOTS);
  private int size;
  private long bytes;

  RawCache(int entriesMax, long bytesMax) {
    this.entriesMax = entriesMax;
    this.bytesMax = bytesMax;
  }

  /** The value for the key in {@code source[offset, offset + length)}, or null. */
  @Nullable V get(byte[] source, int offset, int length) {
    int hash = RawHash.of(source, offset, length);
    for (Entry<V> entry = slots[hash & (slots.length - 1)]; entry != null; entry = entry.next) {
      if (entry.hash == hash && entry.matches(source, offset, length)) {
        return entry.value;
      }
    }
    return null;
  }

  /** Adds a value under a key that is not there, which is copied. */
  void put(byte[] source, int offset, int length, V value) {
    if (size >= slots.length) {
      grow();
    }
    byte[] key = Arrays.copyOfRange(source, offset, offset + length);
    int hash = RawHash.of(key, 0, length);
    int slot = hash & (slots.length - 1);
    slots[slot] = new Entry<>(hash, key, value, slots[slot]);
    size++;
    bytes += length;
  }

  /** Whether it holds more entries or key bytes than it should. */
  boolean isFull() {
    return size >= entriesMax || bytes >= bytesMax;
  }

  void clear() {
    slots = newSlots(INITIAL_SLOTS);
    size = 0;
    bytes = 0;
  }

  int size() {
    return size;
  }

  private void grow() {
    @Nullable Entry<V>[] old = slots;
    slots = newSlots(old.length * 2);
    for (Entry<V> head : old) {
      for (Entry<V> entry = head; entry != null; entry = entry.next) {
        int slot = entry.hash & (slots.length - 1);
        slots[slot] = new Entry<>(entry.hash, entry.key, entry.value, slots[slot]);
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // A generic array cannot be made otherwise.
  private static <V> @Nullable Entry<V>[] newSlots(int length) {
    return (Entry<V>[]) new Entry[length];
  }

  private record Entry<V>(int hash, byte[] key, V value, @Nullable Entry<V> next) {
    boolean matches(byte[] source, int offset, int length) {
      return Arrays.equals(key, 0, key.length, source, offset, offset + length);
    }
  }
}
