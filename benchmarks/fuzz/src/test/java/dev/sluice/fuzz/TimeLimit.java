package dev.sluice.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Consumer;

/**
 * Holds a target to the time that one input may take: 100 ms of its thread's CPU. An input that
 * took more is tried again, because the first time also loads and compiles classes. Any thread.
 */
public final class TimeLimit {
  private static final long NANOS_MAX = 100_000_000;
  private static final int TRIES = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TimeLimit() {}

  /**
   * Runs the target on the input.
   *
   * @throws AssertionError when it takes too long however often it is tried
   */
  public static void hold(byte[] input, Consumer<byte[]> target) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > NANOS_MAX; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      target.accept(input);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }
    if (least > NANOS_MAX) {
      throw new AssertionError("one input took " + least / 1_000_000 + " ms of CPU");
    }
  }
}
