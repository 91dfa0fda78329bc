package dev.sluice.benchmarks.load.client;

import org.HdrHistogram.Histogram;

/**
 * What a run sent and what was answered. Histograms are in microseconds.
 *
 * @param seconds from the first request to the last answer
 * @param items of each request
 * @param failure what the first that failed met with; empty when none did
 * @param latency of accepted requests, from the time that each was meant to be sent
 * @param service of accepted requests, from the time that each was really sent
 * @param lateness of all requests: sent after it was meant to be
 */
public record LoadReport(
    double seconds,
    int items,
    long accepted,
    long refused,
    long failed,
    String failure,
    Histogram latency,
    Histogram service,
    Histogram lateness) {
  public long acceptedItems() {
    return accepted * items;
  }

  public double acceptedItemsPerSecond() {
    return acceptedItems() / seconds;
  }

  /** What was sent, whatever the answer. */
  public double offeredItemsPerSecond() {
    return answered() * items / seconds;
  }

  /** Requests that were sent, whatever became of them. */
  public long answered() {
    return accepted + refused + failed;
  }

  /** A quantile of a histogram, in milliseconds; 0.5 is the median. */
  public static double millis(Histogram histogram, double quantile) {
    return histogram.getValueAtPercentile(quantile * 100) / 1000.0;
  }
}
