package dev.sluice.pipeline;

/** Time, so that tests can turn it by hand. Thread-safe. */
public interface Clock {
  /** Monotonic nanoseconds with an arbitrary origin; for deadlines and ages. */
  long nanoTime();

  /** Nanoseconds since the epoch; for timestamps only, since it may jump. */
  long epochNanos();
}
