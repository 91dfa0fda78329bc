package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import org.jspecify.annotations.Nullable;

/** One request in the {@link Ring}, or read back from its journal. Guarded by the ring's lock. */
final class Slot {
  final Telemetry telemetry;
  final long sequence;

  /** Items of all requests before it. */
  final long itemsBefore;

  final long acceptedNanos;
  final @Nullable PendingReply pendingReply;

  /** How many cursors have not taken it yet; at 0 it leaves the ring. */
  int queued;

  /** How many cursors are not done with it; at 0 its bytes are free. */
  int needed;

  Slot(
      Telemetry telemetry,
      Journal.Place place,
      long acceptedNanos,
      @Nullable PendingReply pendingReply,
      int cursors) {
    this.telemetry = telemetry;
    this.sequence = place.sequence();
    this.itemsBefore = place.items();
    this.acceptedNanos = acceptedNanos;
    this.pendingReply = pendingReply;
    queued = cursors;
    needed = cursors;
  }

  Journal.Place place() {
    return new Journal.Place(sequence, itemsBefore);
  }

  /** The place after it. */
  Journal.Place next() {
    return new Journal.Place(sequence + 1, itemsBefore + telemetry.items());
  }
}
