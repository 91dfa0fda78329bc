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

  /** Steps over the sequence of its oldest, and returns it. */
  long removeOldest() {
    Telemetry telemetry = ring.slot(next).telemetry;
    items -= telemetry.items();
    bytes -= telemetry.size();
    return next++;
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

  /** Takes one batch. Not when it is empty. */
  Claim take() {
    Slot first = ring.slot(next);
    long from = next;
    int claimed = 0;
    long size = 0;
    List<Telemetry> parts = new ArrayList<>();
    do {
      Telemetry part = ring.slot(next).telemetry;
      if (next > from && exceeds(claimed + (long) part.items(), size + part.size())) {
        break;
      }
      claimed += part.items();
      size += part.size();
      parts.add(part);
      removeOldest();
    } while (!isEmpty() && !oneRequestEach && !reached(claimed, size));
    PendingReply pendingReply = oneRequestEach ? first.pendingReply : null;
    Claim claim = new Claim(from, next, first.acceptedNanos, pendingReply);
    claim.batches.add(Batch.of(first.telemetry.signal(), parts));
    claim.heldItems = claimed;
    return claim;
  }

  private boolean exceeds(long claimed, long size) {
    return claimed > batch.itemsMax() || size > batch.bytesMax();
  }

  private boolean reached(long claimed, long size) {
    return claimed >= batch.itemsTarget() || size >= batch.bytesTarget();
  }
}
