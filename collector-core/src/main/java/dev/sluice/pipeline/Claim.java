package dev.sluice.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive slots that one {@link Sender} has taken from its cursor, as the batches that are
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

  final long from;
  final long to;
  final long acceptedNanos;
  final @Nullable PendingReply pendingReply;

  /** What is still to deliver; the first is under way. */
  final Deque<Batch> batches = new ArrayDeque<>();

  /** Items of {@link #batches}: neither delivered nor given up yet. Guarded by the ring's lock. */
  int heldItems;

  State state = State.WORKING;
  int lost;
  String lostReason = "";

  Claim(long from, long to, long acceptedNanos, @Nullable PendingReply pendingReply) {
    this.from = from;
    this.to = to;
    this.acceptedNanos = acceptedNanos;
    this.pendingReply = pendingReply;
  }
}
