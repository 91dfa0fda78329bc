package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.Nullable;

/** The points of a metric with the same attributes, by the attributes' bytes. */
final class PointContext extends RawTable.Entry {
  final MetricContext metric;

  /** The series of a number or a native histogram; null until asked for. */
  @Nullable Series main;

  /** The series of a classic histogram or a summary; null until asked for. */
  @Nullable Family family;

  /** Whether an attribute's name gives no label name, so that nothing can be sent. */
  boolean unusable;

  PointContext(MetricContext metric, byte[] attributes, int hash) {
    super(metric, attributes, hash);
    this.metric = metric;
  }
}
