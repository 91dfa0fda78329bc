package dev.sluice.receivers.limits;

import dev.sluice.pipeline.MemoryBudget;

/**
 * What one request holds of the {@link MemoryBudget} while it is read, inflated and answered.
 *
 * <p>Thread-safe: a request is read on an event loop and may be answered on another thread.
 * Released once; a reservation that was released grants nothing more, so a late growth cannot leak.
 */
public final class Reservation {
  private final MemoryBudget memory;
  private long heldBytes;
  private boolean released;

  public Reservation(MemoryBudget memory) {
    this.memory = memory;
  }

  /** Adds {@code bytes}; false, and nothing added, when the budget has no room or after release. */
  public synchronized boolean tryGrow(long bytes) {
    if (released || !memory.tryReserve(bytes)) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  /** Gives everything back; harmless the second time. */
  public synchronized void release() {
    if (!released) {
      released = true;
      memory.release(heldBytes);
      heldBytes = 0;
    }
  }

  public synchronized long heldBytes() {
    return heldBytes;
  }
}
