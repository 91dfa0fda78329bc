package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits a request to every pipeline that takes it, once for all of them, or refuses it.
 * Thread-safe; locks the rings in the order of the pipelines. Hot path.
 */
final class FanOut implements Intake {
  private static final long RETRY_AFTER_NANOS = 1_000_000_000L;
  private static final Admission FULL =
      new Admission.Refused("every way out is full; come again", RETRY_AFTER_NANOS);
  private static final Admission CLOSED =
      new Admission.Refused("shutting down; come again", RETRY_AFTER_NANOS);

  private final Ring[] rings;
  private final MemoryBudget memory;

  FanOut(List<Ring> rings, MemoryBudget memory) {
    this.rings = rings.toArray(Ring[]::new);
    this.memory = memory;
  }

  @Override
  public void accept(Telemetry telemetry, Reply reply) {
    Admission admission;
    lock();
    try {
      admission = admit(telemetry, reply);
    } finally {
      unlock();
    }
    if (admission != null) {
      reply.answer(admission);
    }
  }

  /** The answer, or null when it comes later. */
  private @Nullable Admission admit(Telemetry telemetry, Reply reply) {
    boolean room = false;
    int waiters = 0;
    for (Ring ring : rings) {
      if (ring.isClosed()) {
        return CLOSED;
      }
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
    for (Ring ring : rings) {
      ring.publish(telemetry, pending);
    }
    return pending == null ? Admission.ACCEPTED : null;
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
