package dev.sluice.journal;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Completion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests that wait to be written, in their order. Thread-safe: a lock of its own, never held
 * for longer than it takes to move references, so that it may be taken under a ring's.
 */
final class WriteQueue {
  /** A request that waits. */
  record Request(Telemetry telemetry, long acceptedEpochNanos, Completion completion) {
    long recordBytes() {
      return RecordHeader.recordBytes(telemetry.size());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Request> requests = new ArrayDeque<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  /** Adds a request; false when the queue is closed. */
  boolean tryAdd(Request request) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      requests.add(request);
      bytes.addAndGet(request.recordBytes());
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest, up to {@code bytesMax}, but at least one if one is there. Never waits. */
  List<Request> take(long bytesMax) {
    List<Request> group = new ArrayList<>();
    lock.lock();
    try {
      long taken = 0;
      Request next = requests.peek();
      while (next != null && (taken == 0 || taken + next.recordBytes() <= bytesMax)) {
        group.add(requests.remove());
        taken += next.recordBytes();
        next = requests.peek();
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** A taken request is written, or failed: its bytes do not wait any more. */
  void done(Request request) {
    bytes.addAndGet(-request.recordBytes());
  }

  /** What waits or is being written, as bytes of records. */
  long bytes() {
    return bytes.get();
  }

  /** Waits until there is a request or the queue is closed, but no longer than this. */
  void await(long nanosMax) {
    lock.lock();
    try {
      long nanos = nanosMax;
      while (requests.isEmpty() && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to end it: it ends when it is closed.
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether nothing will come out any more. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed && requests.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
