package dev.sluice.receivers.limits;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a listener may have open at once. Thread-safe and lock-free. */
public final class ConnectionLimit {
  private final int connectionsMax;
  private final AtomicInteger open = new AtomicInteger();

  public ConnectionLimit(int connectionsMax) {
    this.connectionsMax = connectionsMax;
  }

  /** Counts one more; false, and nothing counted, at the limit. */
  public boolean tryOpen() {
    if (open.incrementAndGet() <= connectionsMax) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** One that was counted is closed. */
  public void close() {
    open.decrementAndGet();
  }

  public int open() {
    return open.get();
  }
}
