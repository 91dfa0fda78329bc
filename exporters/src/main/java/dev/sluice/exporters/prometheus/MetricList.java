package dev.sluice.exporters.prometheus;

import java.util.Arrays;

/** The metrics of one batch, each once, for requests that carry metadata. Used by one thread. */
final class MetricList {
  private MetricContext[] metrics = new MetricContext[64];
  private int size;

  void reset() {
    Arrays.fill(metrics, 0, size, null);
    size = 0;
  }

  /** Adds a metric, unless it was added in this batch already or cannot be sent. */
  void add(MetricContext metric, long batch) {
    if (metric.batch == batch || !metric.problem.isEmpty()) {
      return;
    }
    metric.batch = batch;
    if (size == metrics.length) {
      metrics = Arrays.copyOf(metrics, 2 * size);
    }
    metrics[size++] = metric;
  }

  int size() {
    return size;
  }

  Metadata metadata(int index) {
    return metrics[index].metadata;
  }
}
