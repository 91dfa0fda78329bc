package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Requests that found no room and wait for it, oldest first, instead of being refused at once.
 * Guarded by the locks of the rings that they wait for, except {@link #isEmpty}.
 *
 * <p>Bounded in bytes, and in time by {@link #WAIT_NANOS_MAX}: what waits is also held by its
 * receiver, and its sender has a timeout.
 */
final class AdmissionQueue {
  /** A tenth of the timeout that OTLP's SDKs give an export. */
  static final long WAIT_NANOS_MAX = 1_000_000_000L;

  private final long bytesMax;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long bytes;

  /** Written under the locks; read without them, where a late look does no harm. */
  private volatile boolean empty = true;

  /** A request that waits since {@code sinceNanos}. */
  record Waiting(Telemetry telemetry, Intake.Reply reply, long sinceNanos) {}

  AdmissionQueue(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Whether nobody waits; may be read without the locks. */
  boolean isEmpty() {
    return empty;
  }

  /** Puts a request at the end; false when there is no room for it here either. */
  boolean tryAdd(Waiting waiting) {
    if (bytes + waiting.telemetry.size() > bytesMax) {
      return false;
    }
    queue.add(waiting);
    bytes += waiting.telemetry.size();
    empty = false;
    return true;
  }

  /** The one who waits longest, or null. */
  @Nullable Waiting first() {
    return queue.peek();
  }

  void removeFirst() {
    bytes -= queue.remove().telemetry.size();
    empty = queue.isEmpty();
  }
}
