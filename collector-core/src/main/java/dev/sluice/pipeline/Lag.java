package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;

/**
 * How far a cursor is behind: the requests that it has not finished, in each unit. Guarded by the
 * ring's lock.
 */
final class Lag {
  private final QueueSettings queue;
  private final long budgetBytes;
  private long requests;
  private long items;
  private long bytes;

  Lag(QueueSettings queue, long budgetBytes) {
    this.queue = queue;
    this.budgetBytes = budgetBytes;
  }

  void add(Telemetry telemetry) {
    requests++;
    items += telemetry.items();
    bytes += telemetry.size();
  }

  void remove(Telemetry telemetry) {
    requests--;
    items -= telemetry.items();
    bytes -= telemetry.size();
  }

  /** Whether one more request stays within the queue's capacity and the share of the ring. */
  boolean hasRoom(Telemetry telemetry) {
    if (requests == 0) {
      return true; // whatever its size: alone, it is bounded by the receiver
    }
    if (requests >= Ring.SLOTS_MAX / 2) {
      return false;
    }
    if (bytes + telemetry.size() > budgetBytes) {
      return false;
    }
    return switch (queue.sizer()) {
      case REQUESTS -> requests < queue.capacity();
      case ITEMS -> items + telemetry.items() <= queue.capacity();
      case BYTES -> bytes + telemetry.size() <= queue.capacity();
    };
  }

  /** The same in half of the share: the other half is for what is read back from disk. */
  boolean hasRoomInHalf(Telemetry telemetry) {
    return bytes + telemetry.size() <= budgetBytes / 2 && hasRoom(telemetry);
  }

  /** Whether a batch may be read back from disk. */
  boolean hasRoomToRead() {
    return requests == 0 || bytes + readBytesMax() <= budgetBytes;
  }

  /** What is read back from disk at once, at most, except a single request that is larger. */
  long readBytesMax() {
    return budgetBytes / 4;
  }

  long requests() {
    return requests;
  }

  long bytes() {
    return bytes;
  }

  long budgetBytes() {
    return budgetBytes;
  }
}
