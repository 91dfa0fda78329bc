package dev.sluice;

import dev.sluice.pipeline.Clock;

/** Time that stands still until a test turns it. Thread-safe. */
public final class ManualClock implements Clock {
  private volatile long nanos;
  private final long epochNanos;

  public ManualClock(long epochNanos) {
    this.epochNanos = epochNanos;
  }

  public synchronized void advance(long byNanos) {
    nanos += byNanos;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochNanos() {
    return epochNanos + nanos;
  }
}
