package dev.sluice.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that tests turn by hand. */
public final class ManualClock implements Clock {
  /** 2026-01-01T00:00:00Z. */
  private static final long START_EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long epochNanos() {
    return START_EPOCH_NANOS + nanos.get();
  }
}
