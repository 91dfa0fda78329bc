package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded buffer of one pipeline: requests in the order in which they were accepted, and a
 * {@link Cursor} for each exporter that takes them. Thread-safe: one lock, held once a request and
 * once a batch. Hot path; {@code RingBenchmark} measures it.
 *
 * <p>A slot is numbered by a sequence that only grows, and is free when no cursor needs it any
 * more. Bytes are bounded by the cursors' budgets and by the process's {@link MemoryBudget}, slots
 * by {@link #SLOTS_MAX}. Here, and nowhere else, it is decided whether there is room, whether a
 * request is refused, and which cursor falls behind:
 *
 * <ul>
 *   <li>a request is admitted when at least one cursor has room for it;
 *   <li>a cursor without room then gives up its oldest, until it has, unless its {@link Retention}
 *       says to refuse;
 *   <li>when no cursor has room, the request waits for it in the {@link AdmissionQueue} for as long
 *       as exporters deliver, and is refused otherwise.
 * </ul>
 */
final class Ring {
  /** Requests that a ring holds at most, whatever their size. */
  static final int SLOTS_MAX = 1 << 18;

  private static final int SLOTS_INITIAL = 1 << 8;

  final ReentrantLock lock = new ReentrantLock();

  private final MemoryBudget memory;
  private final Clock clock;
  private final long memoryLimitBytes;
  private final List<Cursor> cursors = new ArrayList<>();
  private final List<FanOut> intakes = new CopyOnWriteArrayList<>();
  private @Nullable Slot[] slots = new Slot[SLOTS_INITIAL];
  private int waiters;
  private long head;
  private long tail;
  private boolean closed;

  /**
   * @param memoryLimitBytes refuse while the process holds more than this; the pipeline's {@code
   *     memory_limiter}
   */
  Ring(MemoryBudget memory, long memoryLimitBytes, Clock clock) {
    this.memory = memory;
    this.memoryLimitBytes = memoryLimitBytes;
    this.clock = clock;
  }

  /** Adds the cursor of one exporter; only before the first request. */
  void add(Cursor cursor) {
    cursors.add(cursor);
    waiters += cursor.waitsForResult() ? 1 : 0;
  }

  /** Adds a way in, which is told when there may be room for those who wait for it. */
  void add(FanOut intake) {
    intakes.add(intake);
  }

  /** Whether the request is refused whatever room there is elsewhere. Under the lock. */
  boolean refuses(Telemetry telemetry) {
    if (head - tail >= SLOTS_MAX || memory.heldBytes() >= memoryLimitBytes) {
      return true;
    }
    for (int i = 0; i < cursors.size(); i++) {
      Cursor cursor = cursors.get(i);
      if (cursor.refusesWhenFull() && !cursor.hasRoom(telemetry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether at least one exporter has room for the request. Under the lock. */
  boolean hasRoom(Telemetry telemetry) {
    for (int i = 0; i < cursors.size(); i++) {
      if (cursors.get(i).hasRoom(telemetry)) {
        return true;
      }
    }
    return false;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether an exporter delivers, so that there will be room soon. Under the lock. */
  boolean isDelivering() {
    for (int i = 0; i < cursors.size(); i++) {
      if (cursors.get(i).isDelivering()) {
        return true;
      }
    }
    return false;
  }

  /** There may be room for those who wait for it. Not under the lock. */
  void admitWaiting() {
    for (FanOut intake : intakes) {
      intake.admitWaiting();
    }
  }

  /** How many cursors will answer a request of this ring. */
  int waiters() {
    return waiters;
  }

  /**
   * Puts a request at the head for every cursor, those without room giving up their oldest. Under
   * the lock, after its bytes were reserved.
   */
  void publish(Telemetry telemetry, @Nullable PendingReply pendingReply) {
    long now = clock.nanoTime();
    Slot slot = new Slot(telemetry, now, pendingReply);
    ensureSlots();
    long sequence = head++;
    slots[index(sequence)] = slot;
    slot.needed = cursors.size();
    for (int i = 0; i < cursors.size(); i++) {
      cursors.get(i).offer(slot);
    }
    advanceTail();
  }

  /** Stops admission for good; what is held stays until it is delivered or given up. */
  void close() {
    lock.lock();
    try {
      closed = true;
      cursors.forEach(Cursor::drain);
    } finally {
      lock.unlock();
    }
    admitWaiting(); // which refuses them
  }

  /** The sequence that the next request will get. Under the lock. */
  long head() {
    return head;
  }

  /** The request of a sequence that is still needed. Under the lock. */
  Slot slot(long sequence) {
    return Objects.requireNonNull(slots[index(sequence)]);
  }

  /** One cursor needs the slots of {@code [from, to)} no more. Under the lock. */
  void release(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      Slot slot = slot(sequence);
      if (--slot.needed == 0) {
        memory.release(slot.telemetry.size());
        slots[index(sequence)] = null;
      }
    }
    advanceTail();
  }

  private void advanceTail() {
    while (tail < head && slots[index(tail)] == null) {
      tail++;
    }
  }

  private void ensureSlots() {
    if (head - tail < slots.length) {
      return;
    }
    @Nullable Slot[] larger = Arrays.copyOf(new Slot[0], slots.length * 2);
    for (long sequence = tail; sequence < head; sequence++) {
      larger[(int) sequence & (larger.length - 1)] = slots[index(sequence)];
    }
    slots = larger;
  }

  private int index(long sequence) {
    return (int) sequence & (slots.length - 1);
  }
}
