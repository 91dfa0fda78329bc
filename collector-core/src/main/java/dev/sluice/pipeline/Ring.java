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
 * <p>A slot is numbered by a sequence that only grows. It leaves the ring when every cursor has
 * taken it, and its bytes are free when every cursor is done with it. Bytes are bounded by the
 * cursors' budgets and by the process's {@link MemoryBudget}, slots by {@link #SLOTS_MAX}. Here,
 * and nowhere else, it is decided whether there is room, whether a request is refused, and which
 * cursor falls behind:
 *
 * <ul>
 *   <li>a request is admitted when at least one cursor has room for it;
 *   <li>a cursor without room then gives up its oldest, until it has, unless its {@link Retention}
 *       says to refuse;
 *   <li>when no cursor has room, the request waits for it in the {@link AdmissionQueue} for as long
 *       as exporters deliver, and is refused otherwise.
 * </ul>
 *
 * <p>With a {@link Journal} a request is written there first, and joins the ring when it is
 * committed, with the journal's sequence. Then there is room while the journal has room: a cursor
 * that follows the journal never gives up, it leaves what has no room in memory to the disk.
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
  private final @Nullable Journal journal;
  private int waiters;
  private long head;
  private long headItems;
  private long tail;
  private int uncommitted;
  private boolean closed;

  /**
   * @param memoryLimitBytes refuse while the process holds more than this; the pipeline's {@code
   *     memory_limiter}
   * @param journal where requests are written first, or null
   */
  Ring(MemoryBudget memory, long memoryLimitBytes, Clock clock, @Nullable Journal journal) {
    this.memory = memory;
    this.memoryLimitBytes = memoryLimitBytes;
    this.clock = clock;
    this.journal = journal;
    if (journal != null) {
      head = journal.head().sequence();
      headItems = journal.head().items();
      tail = head;
      waiters = 1;
    }
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
    if (journal != null && !journal.hasRoom(telemetry.size())) {
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

  /** How many will answer a request of this ring: cursors, and the journal. */
  int waiters() {
    return waiters;
  }

  /**
   * Takes a request: into the journal, and from there, or at once, to every cursor. Under the lock,
   * after its bytes were reserved.
   *
   * @param pendingReply who is to be told; null when there are no {@link #waiters}
   * @param entrance what is to know of it, by which this is the pipeline of that number
   */
  void accept(
      Telemetry telemetry,
      @Nullable PendingReply pendingReply,
      Ledger.Entrance entrance,
      int number) {
    if (journal == null) {
      entrance.accepted(number, head, telemetry);
      publish(telemetry, pendingReply);
    } else {
      uncommitted++;
      PendingReply reply = Objects.requireNonNull(pendingReply);
      journal.append(telemetry, new Commit(telemetry, reply, entrance, number));
    }
  }

  /** A request on its way to the disk. */
  private final class Commit implements Journal.Completion {
    private final Telemetry telemetry;
    private final PendingReply reply;
    private final Ledger.Entrance entrance;
    private final int number;

    Commit(Telemetry telemetry, PendingReply reply, Ledger.Entrance entrance, int number) {
      this.telemetry = telemetry;
      this.reply = reply;
      this.entrance = entrance;
      this.number = number;
    }

    @Override
    public void committed(Journal.Place place) {
      lock.lock();
      try {
        written();
        if (place.sequence() != head) {
          throw new IllegalStateException("the journal is at " + place + ", the ring at " + head);
        }
        entrance.accepted(number, head, telemetry);
        publish(telemetry, reply);
      } finally {
        lock.unlock();
      }
      reply.done(0, "");
      admitWaiting();
    }

    @Override
    public void failed(String reason) {
      lock.lock();
      try {
        written();
        memory.release(telemetry.size());
        entrance.refused(telemetry, reason);
      } finally {
        lock.unlock();
      }
      reply.refuse(reason);
    }
  }

  private void written() {
    if (--uncommitted == 0) {
      cursors.forEach(cursor -> cursor.wakeups().wakeDrain());
    }
  }

  /** Whether requests are still on their way to the disk. Under the lock. */
  boolean isCommitting() {
    return uncommitted > 0;
  }

  /** Puts a request at the head for every cursor, those without room giving up their oldest. */
  private void publish(Telemetry telemetry, @Nullable PendingReply pendingReply) {
    Slot slot = new Slot(telemetry, headPlace(), clock.nanoTime(), pendingReply, cursors.size());
    ensureSlots();
    slots[index(head++)] = slot;
    headItems += telemetry.items();
    for (int i = 0; i < cursors.size(); i++) {
      cursors.get(i).offer(slot);
    }
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

  /** The place of the next request. Under the lock. */
  Journal.Place headPlace() {
    return new Journal.Place(head, headItems);
  }

  /** A request that not every cursor has taken. Under the lock. */
  Slot slot(long sequence) {
    return Objects.requireNonNull(slots[index(sequence)]);
  }

  /** One cursor takes a request. Under the lock. */
  Slot take(long sequence) {
    Slot slot = slot(sequence);
    if (--slot.queued == 0) {
      slots[index(sequence)] = null;
      advanceTail();
    }
    return slot;
  }

  /** A request that one cursor has read back from the journal. Under the lock. */
  Slot readBack(Journal.Entry entry, long acceptedNanos) {
    memory.reserve(entry.telemetry().size()); // within the cursor's share
    return new Slot(entry.telemetry(), entry.place(), acceptedNanos, null, 1);
  }

  /** One cursor is done with requests that it has taken. Under the lock. */
  void free(List<Slot> taken) {
    for (int i = 0; i < taken.size(); i++) {
      Slot slot = taken.get(i);
      if (--slot.needed == 0) {
        memory.release(slot.telemetry.size());
      }
    }
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
