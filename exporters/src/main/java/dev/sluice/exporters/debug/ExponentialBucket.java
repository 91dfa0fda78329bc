package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp.ExponentialHistogramDataPoint;
import dev.sluice.otlp.Otlp.ExponentialHistogramDataPoint.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * A bucket of an exponential histogram, with the boundaries of its absolute values.
 *
 * @param lower {@code base^index}
 * @param upper {@code base^(index+1)}
 * @param count unsigned
 */
record ExponentialBucket(double lower, double upper, long count) {
  /** From the smallest value, which is the furthest from zero. */
  static List<ExponentialBucket> negative(Fields point) {
    return of(point, ExponentialHistogramDataPoint.NEGATIVE).reversed();
  }

  static List<ExponentialBucket> positive(Fields point) {
    return of(point, ExponentialHistogramDataPoint.POSITIVE);
  }

  private static List<ExponentialBucket> of(Fields point, int side) {
    long scale = point.zigzag(ExponentialHistogramDataPoint.SCALE);
    double factor = Math.scalb(Math.log(2), (int) -scale);
    Fields buckets = point.message(side);
    double index = buckets.zigzag(Buckets.OFFSET);
    List<ExponentialBucket> found = new ArrayList<>();
    for (long count : buckets.varints(Buckets.BUCKET_COUNTS)) {
      double lower = Math.exp(index * factor);
      found.add(new ExponentialBucket(lower, Math.exp((index + 1) * factor), count));
      index++;
    }
    return found;
  }
}
