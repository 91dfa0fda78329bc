package dev.sluice.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of telemetry that the process holds: requests being read, and slots of all rings.
 * Thread-safe and lock-free.
 *
 * <p>This is what {@code memory_limiter} bounds: bytes really held, not the heap, so refusal starts
 * before the memory is used and ends as soon as it is free.
 */
public final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    if (limitBytes <= 0) {
      throw new IllegalArgumentException("limitBytes must be positive: " + limitBytes);
    }
    this.limitBytes = limitBytes;
  }

  /** Reserves {@code bytes}; false, and nothing reserved, when that would pass the limit. */
  public boolean tryReserve(long bytes) {
    long held = heldBytes.get();
    while (held + bytes <= limitBytes) {
      long seen = heldBytes.compareAndExchange(held, held + bytes);
      if (seen == held) {
        return true;
      }
      held = seen;
    }
    return false;
  }

  /** Reserves {@code bytes} whatever the limit: for what has a bound of its own. */
  public void reserve(long bytes) {
    heldBytes.addAndGet(bytes);
  }

  /** Gives back what was reserved. */
  public void release(long bytes) {
    heldBytes.addAndGet(-bytes);
  }

  public long heldBytes() {
    return heldBytes.get();
  }

  public long limitBytes() {
    return limitBytes;
  }
}
