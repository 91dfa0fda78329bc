package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import org.jspecify.annotations.Nullable;

/** One request in the {@link Ring}. Guarded by the ring's lock. */
final class Slot {
  final Telemetry telemetry;
  final long acceptedNanos;
  final @Nullable PendingReply pendingReply;

  /** How many cursors still need it; at 0 its bytes are free. */
  int needed;

  Slot(Telemetry telemetry, long acceptedNanos, @Nullable PendingReply pendingReply) {
    this.telemetry = telemetry;
    this.acceptedNanos = acceptedNanos;
    this.pendingReply = pendingReply;
  }
}
