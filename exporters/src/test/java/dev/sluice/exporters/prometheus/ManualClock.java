package dev.sluice.exporters.prometheus;

import dev.sluice.pipeline.Clock;
import java.time.Duration;

/** A clock that stands until it is turned. */
final class ManualClock implements Clock {
  private long nanos = 1_000_000_000L;

  void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochNanos() {
    return nanos;
  }
}
