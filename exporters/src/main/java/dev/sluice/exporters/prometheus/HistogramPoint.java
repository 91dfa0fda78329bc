package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * An explicit-bucket histogram's point, as read; or, after the deltas were added up, as it is then.
 * Reused for one point after the other; allocates only to grow.
 */
final class HistogramPoint {
  final PointFields fields = new PointFields();
  long count;
  boolean hasSum;
  double sum;
  double[] bounds = new double[16];
  int boundCount;
  long[] buckets = new long[17];
  int bucketCount;
  private final WireReader packed = new WireReader();

  void read(WireReader point) {
    fields.clear();
    count = 0;
    hasSum = false;
    sum = 0;
    boundCount = 0;
    bucketCount = 0;
    for (int from = point.position(); point.next(); from = point.position()) {
      switch (point.field()) {
        case Otlp.HistogramDataPoint.ATTRIBUTES -> fields.attribute(point, from);
        case Otlp.HistogramDataPoint.START_TIME_UNIX_NANO -> fields.startNanos = point.fixed64();
        case Otlp.HistogramDataPoint.TIME_UNIX_NANO -> fields.timeNanos = point.fixed64();
        case Otlp.HistogramDataPoint.COUNT -> count = point.fixed64();
        case Otlp.HistogramDataPoint.SUM -> {
          hasSum = true;
          sum = point.float64();
        }
        case Otlp.HistogramDataPoint.BUCKET_COUNTS -> readBuckets(point);
        case Otlp.HistogramDataPoint.EXPLICIT_BOUNDS -> readBounds(point);
        case Otlp.HistogramDataPoint.EXEMPLARS -> fields.exemplar(point);
        case Otlp.HistogramDataPoint.FLAGS -> fields.flags(point);
        default -> point.skip();
      }
    }
    // An explicit bound of +Inf says what the last bucket says anyway.
    while (boundCount > 0 && bounds[boundCount - 1] == Double.POSITIVE_INFINITY) {
      boundCount--;
    }
  }

  void bucketsSize(int size) {
    if (buckets.length < size) {
      buckets = Arrays.copyOf(buckets, Math.max(size, 2 * buckets.length));
    }
    bucketCount = size;
  }

  private void readBuckets(WireReader point) {
    if (point.wireType() != WireReader.LEN) {
      bucketsSize(bucketCount + 1);
      buckets[bucketCount - 1] = point.fixed64();
      return;
    }
    point.enter(packed);
    while (packed.position() < packed.limit()) {
      bucketsSize(bucketCount + 1);
      buckets[bucketCount - 1] = packed.fixed64();
    }
  }

  private void readBounds(WireReader point) {
    if (point.wireType() != WireReader.LEN) {
      addBound(point.float64());
      return;
    }
    point.enter(packed);
    while (packed.position() < packed.limit()) {
      addBound(packed.float64());
    }
  }

  private void addBound(double bound) {
    if (boundCount == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * boundCount);
    }
    bounds[boundCount++] = bound;
  }
}
