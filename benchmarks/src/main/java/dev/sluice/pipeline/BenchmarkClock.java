package dev.sluice.pipeline;

import java.util.concurrent.TimeUnit;

/** The machine's clock. */
final class BenchmarkClock implements Clock {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long epochNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }
}
