package dev.sluice.exporters.prometheus;

import java.util.Arrays;

/** The running total of a delta histogram with explicit buckets. Used by one thread. */
final class HistogramTotal extends DeltaStates.State {
  private double[] bounds = new double[0];
  private long[] buckets = new long[0];
  private long count;
  private double sum;
  private boolean hasSum = true;
  private boolean begun;

  boolean hasLayoutOf(HistogramPoint point) {
    return buckets.length == point.bucketCount
        && Arrays.equals(bounds, 0, bounds.length, point.bounds, 0, point.boundCount);
  }

  /** Adds a point of the same layout, and makes the point the total. */
  void addTo(HistogramPoint point) {
    if (!begun) {
      begun = true;
      bounds = Arrays.copyOf(point.bounds, point.boundCount);
      buckets = new long[point.bucketCount];
    }
    count += point.count;
    sum += point.sum;
    hasSum &= point.hasSum;
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += point.buckets[i];
      point.buckets[i] = buckets[i];
    }
    point.count = count;
    point.sum = sum;
    point.hasSum = hasSum;
  }
}
