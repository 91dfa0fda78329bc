package dev.sluice.benchmarks.load.client;

/** When requests are meant to be sent. */
public sealed interface Schedule {
  /**
   * When a request is meant to be sent, on the clock of {@link System#nanoTime}. Latency is counted
   * from there.
   *
   * @param request its number, from 0
   * @param startNanos when the run started
   * @param nowNanos when a slot became free for it
   */
  long intendedNanos(long request, long startNanos, long nowNanos);

  /** How long a slot waits when it was told to come again. */
  default long pauseAfterRefusalNanos() {
    return 0;
  }

  /** As soon as a slot is free: finds the capacity, and says nothing of latency at a rate. */
  record ClosedLoop() implements Schedule {
    @Override
    public long intendedNanos(long request, long startNanos, long nowNanos) {
      return nowNanos;
    }

    /** Without a pause most of a loop's requests would be those that come again at once. */
    @Override
    public long pauseAfterRefusalNanos() {
      return 5_000_000;
    }
  }

  /**
   * At a fixed rate, whatever the collector answers: a request that had to wait for a slot behind a
   * slow answer is late from its intended time on, so a stall is seen by all that it delayed, and
   * not only by the one request that was under way (no coordinated omission).
   */
  record OpenLoop(double requestsPerSecond) implements Schedule {
    public OpenLoop {
      if (!(requestsPerSecond > 0)) {
        throw new IllegalArgumentException("a rate must be positive: " + requestsPerSecond);
      }
    }

    @Override
    public long intendedNanos(long request, long startNanos, long nowNanos) {
      return startNanos + (long) (request * 1e9 / requestsPerSecond);
    }
  }
}
