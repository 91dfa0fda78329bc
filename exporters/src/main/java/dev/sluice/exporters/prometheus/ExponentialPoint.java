package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;

/**
 * An exponential histogram's point, as read; or, after the deltas were added up, as it is then.
 * Reused for one point after the other; allocates only to grow.
 */
final class ExponentialPoint {
  final PointFields fields = new PointFields();
  final Buckets positive = new Buckets();
  final Buckets negative = new Buckets();
  long count;
  boolean hasSum;
  double sum;
  int scale;
  long zeroCount;
  double zeroThreshold;

  void read(WireReader point) {
    clear();
    for (int from = point.position(); point.next(); from = point.position()) {
      switch (point.field()) {
        case Otlp.ExponentialHistogramDataPoint.ATTRIBUTES -> fields.attribute(point, from);
        case Otlp.ExponentialHistogramDataPoint.START_TIME_UNIX_NANO ->
            fields.startNanos = point.fixed64();
        case Otlp.ExponentialHistogramDataPoint.TIME_UNIX_NANO ->
            fields.timeNanos = point.fixed64();
        case Otlp.ExponentialHistogramDataPoint.COUNT -> count = point.fixed64();
        case Otlp.ExponentialHistogramDataPoint.SUM -> {
          hasSum = true;
          sum = point.float64();
        }
        case Otlp.ExponentialHistogramDataPoint.SCALE -> scale = (int) point.zigzag();
        case Otlp.ExponentialHistogramDataPoint.ZERO_COUNT -> zeroCount = point.fixed64();
        case Otlp.ExponentialHistogramDataPoint.ZERO_THRESHOLD -> zeroThreshold = point.float64();
        case Otlp.ExponentialHistogramDataPoint.POSITIVE -> positive.read(point);
        case Otlp.ExponentialHistogramDataPoint.NEGATIVE -> negative.read(point);
        case Otlp.ExponentialHistogramDataPoint.EXEMPLARS -> fields.exemplar(point);
        case Otlp.ExponentialHistogramDataPoint.FLAGS -> fields.flags(point);
        default -> point.skip();
      }
    }
  }

  private void clear() {
    fields.clear();
    positive.clear();
    negative.clear();
    count = 0;
    hasSum = false;
    sum = 0;
    scale = 0;
    zeroCount = 0;
    zeroThreshold = 0;
  }
}
