package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.AdmissionQueue.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Admits a request to every pipeline that takes it, once for all of them, lets it wait for room
 * when the exporters are delivering, or refuses it. Thread-safe; locks the rings in the order of
 * the pipelines. Hot path.
 *
 * <p>A thread runs only while somebody waits: it refuses those who have waited too long.
 */
final class FanOut implements Intake {
  static final long RETRY_AFTER_NANOS = 1_000_000_000L;
  private static final Admission FULL =
      new Admission.Refused("every way out is full; come again", RETRY_AFTER_NANOS);
  private static final Admission CLOSED =
      new Admission.Refused("shutting down; come again", RETRY_AFTER_NANOS);

  /** What may wait for admission, of the memory for telemetry. */
  private static final int WAITING_SHARE = 8;

  private final Ring[] rings;
  private final MemoryBudget memory;
  private final Clock clock;
  private final Threads threads;
  private final AdmissionQueue waiting;
  private final Ledger.Entrance ledger;

  /** Whether a thread watches those who wait. Guarded by the rings' locks. */
  private boolean watched;

  /** An answer that is due, for after the locks. */
  private record Answer(Reply reply, Admission admission) {}

  FanOut(
      List<Ring> rings, MemoryBudget memory, Clock clock, Threads threads, Ledger.Entrance ledger) {
    this.rings = rings.toArray(Ring[]::new);
    this.memory = memory;
    this.clock = clock;
    this.threads = threads;
    this.ledger = ledger;
    waiting = new AdmissionQueue(memory.limitBytes() / WAITING_SHARE);
    for (Ring ring : rings) {
      ring.add(this);
    }
  }

  @Override
  public void accept(Telemetry telemetry, Reply reply) {
    Admission admission;
    lock();
    try {
      admission = waiting.isEmpty() ? admit(telemetry, reply) : FULL;
      if (admission instanceof Admission.Refused && tryWait(telemetry, reply)) {
        admission = null;
      }
      noteRefused(telemetry, admission);
    } finally {
      unlock();
    }
    if (admission != null) {
      reply.answer(admission);
    }
  }

  /** The answer, or null when it comes later. */
  private @Nullable Admission admit(Telemetry telemetry, Reply reply) {
    if (isClosed()) {
      return CLOSED;
    }
    boolean room = false;
    int waiters = 0;
    for (Ring ring : rings) {
      if (ring.refuses(telemetry)) {
        return FULL;
      }
      room |= ring.hasRoom(telemetry);
      waiters += ring.waiters();
    }
    long bytes = (long) telemetry.size() * rings.length;
    if (!room || !memory.tryReserve(bytes)) {
      return FULL;
    }
    PendingReply pending =
        waiters == 0 ? null : new PendingReply(reply, telemetry.items(), waiters);
    for (int i = 0; i < rings.length; i++) {
      rings[i].accept(telemetry, pending, ledger, i);
    }
    return pending == null ? Admission.ACCEPTED : null;
  }

  private void noteRefused(Telemetry telemetry, @Nullable Admission admission) {
    if (admission instanceof Admission.Refused refused) {
      ledger.refused(telemetry, refused.reason());
    }
  }

  private boolean isClosed() {
    for (Ring ring : rings) {
      if (ring.isClosed()) {
        return true;
      }
    }
    return false;
  }

  /** Waiting is of use only while something is being delivered. */
  private boolean tryWait(Telemetry telemetry, Reply reply) {
    for (Ring ring : rings) {
      if (ring.isDelivering() && !isClosed()) {
        return waits(new Waiting(telemetry, reply, clock.nanoTime()));
      }
    }
    return false;
  }

  private boolean waits(Waiting request) {
    if (!waiting.tryAdd(request)) {
      return false;
    }
    if (!watched) {
      watched = true;
      var _ = threads.start("admission", this::watch);
    }
    return true;
  }

  /** Admits those who wait, oldest first, as far as there is room. Not under a ring's lock. */
  void admitWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Answer> answers = new ArrayList<>();
    lock();
    try {
      Waiting first = waiting.first();
      while (first != null) {
        Admission admission = admit(first.telemetry(), first.reply());
        if (admission instanceof Admission.Refused && !isClosed()) {
          break;
        }
        waiting.removeFirst();
        noteRefused(first.telemetry(), admission);
        if (admission != null) {
          answers.add(new Answer(first.reply(), admission));
        }
        first = waiting.first();
      }
    } finally {
      unlock();
    }
    answer(answers);
  }

  private void watch() {
    for (long nanos = refuseLate(); nanos > 0; nanos = refuseLate()) {
      LockSupport.parkNanos(nanos);
    }
  }

  /**
   * Refuses those who have waited too long; returns in how many nanoseconds to come again, or 0
   * when nobody waits.
   */
  long refuseLate() {
    List<Answer> answers = new ArrayList<>();
    long next = 0;
    lock();
    try {
      Waiting first = waiting.first();
      while (first != null && next == 0) {
        long waited = clock.nanoTime() - first.sinceNanos();
        if (waited < AdmissionQueue.WAIT_NANOS_MAX) {
          next = AdmissionQueue.WAIT_NANOS_MAX - waited;
        } else {
          waiting.removeFirst();
          noteRefused(first.telemetry(), FULL);
          answers.add(new Answer(first.reply(), FULL));
          first = waiting.first();
        }
      }
      watched = next > 0;
    } finally {
      unlock();
    }
    answer(answers);
    return next;
  }

  private static void answer(List<Answer> answers) {
    for (Answer answer : answers) {
      answer.reply.answer(answer.admission);
    }
  }

  private void lock() {
    for (Ring ring : rings) {
      ring.lock.lock();
    }
  }

  private void unlock() {
    for (int i = rings.length - 1; i >= 0; i--) {
      rings[i].lock.unlock();
    }
  }
}
