package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cursor has still to take: the slots from its place to the ring's head, and when the next
 * batch of them is due. Guarded by the ring's lock.
 */
final class Backlog {
  private final Ring ring;
  private final BatchSettings batch;
  private final boolean oneRequestEach;
  private final Clock clock;
  private long next;
  private long items;
  private long bytes;

  /**
   * @param oneRequestEach whether requests are never joined, because each is answered with its
   *     result
   */
  Backlog(Ring ring, BatchSettings batch, boolean oneRequestEach, Clock clock) {
    this.ring = ring;
    this.batch = batch;
    this.oneRequestEach = oneRequestEach;
    this.clock = clock;
    next = ring.head();
  }

  boolean isEmpty() {
    return next == ring.head();
  }

  long items() {
    return items;
  }

  /** When its oldest was accepted; {@link Long#MAX_VALUE} when it is empty. */
  long oldestNanos() {
    return isEmpty() ? Long.MAX_VALUE : ring.slot(next).acceptedNanos;
  }

  /** The request at the head of the ring joins. */
  void add(Telemetry telemetry) {
    items += telemetry.items();
    bytes += telemetry.size();
  }

  /** Takes its oldest from the ring. Not when it is empty. */
  Slot removeOldest() {
    Slot oldest = ring.take(next++);
    items -= oldest.telemetry.items();
    bytes -= oldest.telemetry.size();
    return oldest;
  }

  /** Whether a batch is full and need not wait. */
  boolean isFull() {
    long queued = batch.sizer() == Sizer.BYTES ? bytes : items;
    return oneRequestEach || queued >= batch.minSize() || bytes >= batch.bytesTarget();
  }

  /** In how many nanoseconds the oldest has waited long enough; 0 is now. Not when it is empty. */
  long dueInNanos() {
    long waited = clock.nanoTime() - ring.slot(next).acceptedNanos;
    return isFull() ? 0 : Math.max(0, batch.flushTimeout().toNanos() - waited);
  }

  /** The place of its oldest; the ring's head when it is empty. */
  Journal.Place place() {
    return isEmpty() ? ring.headPlace() : ring.slot(next).place();
  }

  /** Takes one batch. Not when it is empty. */
  Claim take() {
    int claimed = 0;
    long size = 0;
    List<Slot> slots = new ArrayList<>();
    do {
      Telemetry part = ring.slot(next).telemetry;
      if (!slots.isEmpty() && batch.exceeds(claimed + (long) part.items(), size + part.size())) {
        break;
      }
      claimed += part.items();
      size += part.size();
      slots.add(removeOldest());
    } while (!isEmpty() && !oneRequestEach && !batch.reached(claimed, size));
    return Claim.of(slots, oneRequestEach ? slots.getFirst().pendingReply : null);
  }
}
