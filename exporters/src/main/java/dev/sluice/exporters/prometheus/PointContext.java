package dev.sluice.exporters.prometheus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The points of a metric with the same attributes, by the attributes' bytes. */
final class PointContext extends RawTable.Entry {
  /** The series of a number or a native histogram; null until asked for. */
  @Nullable Series main;

  /** The series of a classic histogram or a summary; null until asked for. */
  @Nullable Family family;

  /** When it was last asked for, in seconds of the {@link SeriesCache}. */
  int usedSeconds;

  /** Whether it is kept beyond the batch. */
  final boolean kept;

  /** Whether an attribute's name gives no label name, so that nothing can be sent. */
  boolean unusable;

  PointContext(MetricContext metric, byte[] attributes, int hash, boolean kept) {
    super(metric, attributes, hash);
    this.kept = kept;
  }

  MetricContext metric() {
    return (MetricContext) Objects.requireNonNull(parent());
  }
}
