package dev.sluice.exporters.prometheus;

/**
 * The running total of a delta exponential histogram. Its scale goes down when points are coarser,
 * and when more than {@value #BUCKETS_MAX} buckets would be needed on a side. Used by one thread.
 */
final class ExponentialTotal extends DeltaStates.State {
  private static final int BUCKETS_MAX = 160;

  private final Buckets positive = new Buckets();
  private final Buckets negative = new Buckets();
  private boolean begun;
  private int scale;
  private long count;
  private double sum;
  private long zeroCount;
  private double zeroThreshold;

  /** Whether the point's buckets fit with the total's at a scale that Prometheus knows. */
  boolean canAdd(ExponentialPoint point) {
    return commonScale(point) >= RemoteWrite.SCHEMA_MIN;
  }

  /** Adds a point, and makes the point the total. */
  void addTo(ExponentialPoint point) {
    int common = commonScale(point);
    positive.scaleDown(begun ? scale - common : 0);
    negative.scaleDown(begun ? scale - common : 0);
    positive.add(point.positive, point.scale - common);
    negative.add(point.negative, point.scale - common);
    begun = true;
    scale = common;
    count += point.count;
    sum += point.sum;
    zeroCount += point.zeroCount;
    widenZero(point.zeroThreshold);
    copyTo(point);
  }

  private int commonScale(ExponentialPoint point) {
    int common = begun ? Math.min(scale, point.scale) : point.scale;
    while (common >= RemoteWrite.SCHEMA_MIN && !fits(point, common)) {
      common--;
    }
    return common;
  }

  private boolean fits(ExponentialPoint point, int common) {
    int own = begun ? scale : point.scale;
    return span(positive, own - common, point.positive, point.scale - common) <= BUCKETS_MAX
        && span(negative, own - common, point.negative, point.scale - common) <= BUCKETS_MAX;
  }

  private static long span(Buckets a, int aShift, Buckets b, int bShift) {
    if (a.size == 0 && b.size == 0) {
      return 0;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    if (a.size > 0) {
      first = a.first(aShift);
      last = a.last(aShift);
    }
    if (b.size > 0) {
      first = Math.min(first, b.first(bShift));
      last = Math.max(last, b.last(bShift));
    }
    return last - first + 1;
  }

  /** The widest zero bucket holds; buckets inside it are counted as zero. */
  private void widenZero(double threshold) {
    zeroThreshold = Math.max(zeroThreshold, threshold);
    if (zeroThreshold > 0) {
      zeroCount += positive.takeBelow(zeroThreshold, scale);
      zeroCount += negative.takeBelow(zeroThreshold, scale);
    }
  }

  private void copyTo(ExponentialPoint point) {
    point.scale = scale;
    point.count = count;
    point.sum = sum;
    point.zeroCount = zeroCount;
    point.zeroThreshold = zeroThreshold;
    point.positive.copy(positive);
    point.negative.copy(negative);
  }
}
