package dev.sluice.pipeline;

import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive requests that one {@link Sender} has taken from its cursor, as the batches that are
 * still to deliver. Its fields belong to the sender while it is at work, and to whoever holds the
 * ring's lock while it waits for its next attempt: only then can it be abandoned.
 */
final class Claim {
  /** Who may touch the claim. */
  enum State {
    /** The sender encodes or sends: nobody else may touch it. */
    WORKING,
    /** Between two attempts: it may be abandoned. */
    WAITING,
    /** Given up by the cursor to make room; the sender lets go of it. */
    ABANDONED
  }

  /** Where it is in the journal, when there is one. */
  final Range range;

  /** What it holds until it is done; at least one. */
  final List<Slot> slots;

  final long acceptedNanos;
  final @Nullable PendingReply pendingReply;

  /** What is still to deliver; the first is under way. */
  final Deque<Batch> batches = new ArrayDeque<>();

  /** Items of {@link #batches}: neither delivered nor given up yet. Guarded by the ring's lock. */
  int heldItems;

  State state = State.WORKING;
  int lost;
  String lostReason = "";

  private Claim(Range range, List<Slot> slots, Batch batch, @Nullable PendingReply pendingReply) {
    this.range = range;
    this.slots = slots;
    this.pendingReply = pendingReply;
    acceptedNanos = slots.getFirst().acceptedNanos;
    batches.add(batch);
    heldItems = batch.items();
  }

  /** The sequence of its first request. */
  long from() {
    return range.from().sequence();
  }

  /** The sequence after its last request. */
  long to() {
    return range.to().sequence();
  }

  /** A claim on these requests, delivered as one batch. */
  static Claim of(List<Slot> slots, @Nullable PendingReply pendingReply) {
    Slot first = slots.getFirst();
    Range range = new Range(first.place(), slots.getLast().next());
    Batch batch =
        Batch.of(first.telemetry.signal(), slots.stream().map(slot -> slot.telemetry).toList());
    return new Claim(range, slots, batch, pendingReply);
  }
}
