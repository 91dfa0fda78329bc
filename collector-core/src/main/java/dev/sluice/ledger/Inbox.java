package dev.sluice.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was told under the locks of the rings and is to be looked at elsewhere. Thread-safe; bounded
 * in the bytes of the requests that it keeps from being freed, for each kind.
 */
final class Inbox {
  /** Of what kind it is, with the bytes that may wait; one is taken whatever its size. */
  enum Kind {
    SAMPLE(1 << 20),
    REFUSAL(1 << 20),
    LOSS(8 << 20);

    private final long bytesMax;

    Kind(long bytesMax) {
      this.bytesMax = bytesMax;
    }
  }

  private final Deque<Note> notes = new ArrayDeque<>();

  private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);

  /** Written under the lock; a late look does no harm. */
  private volatile boolean samplesFull;

  private record Note(Kind kind, long bytes, Runnable work) {}

  /** Whether there is room for samples; may be a moment late. */
  boolean hasRoomForSamples() {
    return !samplesFull;
  }

  /** Takes work that keeps {@code size} bytes; false when too much of its kind waits already. */
  synchronized boolean tryAdd(Kind kind, long size, Runnable work) {
    long waiting = waiting(kind);
    if (waiting > 0 && waiting + size > kind.bytesMax) {
      return false;
    }
    notes.add(new Note(kind, size, work));
    grow(kind, size);
    return true;
  }

  private long waiting(Kind kind) {
    return bytes.getOrDefault(kind, 0L);
  }

  private void grow(Kind kind, long size) {
    bytes.merge(kind, size, Long::sum);
    samplesFull = waiting(Kind.SAMPLE) >= Kind.SAMPLE.bytesMax;
  }

  /** The work that waits longest, or null. */
  synchronized @Nullable Runnable poll() {
    Note note = notes.poll();
    if (note == null) {
      return null;
    }
    grow(note.kind, -note.bytes);
    return note.work;
  }

  /** Whether losses wait in such a number that they should not wait much longer. */
  synchronized boolean isPressing() {
    return waiting(Kind.LOSS) > Kind.LOSS.bytesMax / 4;
  }

  synchronized boolean isEmpty() {
    return notes.isEmpty();
  }

  synchronized int size() {
    return notes.size();
  }
}
