package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireWriter;
import java.util.Arrays;

/**
 * Writes {@code Histogram} messages, which are the same in remote write 1.0 and 2.0, but for the
 * timestamps that the request writer adds. Hot path: allocates only to grow. Used by one thread.
 *
 * <p>Prometheus numbers a bucket by its upper bound, OTLP by its lower, so indexes go up by one.
 */
final class NativeHistograms {
  private static final double ZERO_THRESHOLD_DEFAULT = 1e-128;

  /** Up to so many empty buckets are written out rather than begin a new span. */
  private static final int GAP_MAX = 2;

  private final SampleStore store;
  private int[] indexes = new int[64];
  private long[] counts = new long[64];
  private int size;

  NativeHistograms(SampleStore store) {
    this.store = store;
  }

  /** Writes an exponential histogram, of scale -4 or more, and returns where it begins. */
  int write(ExponentialPoint point) {
    WireWriter out = store.payload();
    int offset = out.size();
    int shift = Math.max(0, point.scale - RemoteWrite.SCHEMA_MAX);
    double threshold = point.zeroThreshold == 0 ? ZERO_THRESHOLD_DEFAULT : point.zeroThreshold;
    boolean stale = point.fields.isStale();
    writeTotals(out, stale, point.count, point.sum);
    out.zigzag(RemoteWrite.HISTOGRAM_SCHEMA, point.scale - shift);
    out.float64(RemoteWrite.HISTOGRAM_ZERO_THRESHOLD, threshold);
    out.varint(RemoteWrite.HISTOGRAM_ZERO_COUNT_INT, stale ? 0 : point.zeroCount);
    if (stale) {
      return offset;
    }
    collect(point.negative, shift);
    writeBuckets(out, RemoteWrite.HISTOGRAM_NEGATIVE_SPANS, RemoteWrite.HISTOGRAM_NEGATIVE_DELTAS);
    collect(point.positive, shift);
    writeBuckets(out, RemoteWrite.HISTOGRAM_POSITIVE_SPANS, RemoteWrite.HISTOGRAM_POSITIVE_DELTAS);
    return offset;
  }

  /** Why an explicit histogram can have no custom buckets; empty when it can. */
  String customProblem(HistogramPoint point) {
    for (int i = 0; i < point.boundCount; i++) {
      if (Double.isNaN(point.bounds[i]) || (i > 0 && point.bounds[i] <= point.bounds[i - 1])) {
        return "has histogram bounds that do not ascend";
      }
    }
    boolean fits = point.bucketCount == 0 || point.bucketCount == point.boundCount + 1;
    return fits ? "" : "has not one bucket more than histogram bounds";
  }

  /** Writes an explicit histogram as one with custom buckets, and returns where it begins. */
  int writeCustom(HistogramPoint point) {
    WireWriter out = store.payload();
    int offset = out.size();
    boolean stale = point.fields.isStale();
    collectCustom(point);
    // The buckets count, not the count: receivers refuse a histogram in which they differ.
    long total = point.count;
    if (point.bucketCount > 0) {
      total = 0;
      for (int i = 0; i < size; i++) {
        total += counts[i];
      }
    }
    writeTotals(out, stale, total, point.sum);
    out.zigzag(RemoteWrite.HISTOGRAM_SCHEMA, RemoteWrite.CUSTOM_BUCKETS_SCHEMA);
    out.varint(RemoteWrite.HISTOGRAM_ZERO_COUNT_INT, 0);
    if (!stale) {
      writeBuckets(
          out, RemoteWrite.HISTOGRAM_POSITIVE_SPANS, RemoteWrite.HISTOGRAM_POSITIVE_DELTAS);
    }
    int mark = out.begin(RemoteWrite.HISTOGRAM_CUSTOM_VALUES);
    for (int i = 0; i < point.boundCount; i++) {
      out.rawFixed64(Double.doubleToRawLongBits(point.bounds[i]));
    }
    out.end(mark);
    return offset;
  }

  private static void writeTotals(WireWriter out, boolean stale, long count, double sum) {
    out.varint(RemoteWrite.HISTOGRAM_COUNT_INT, stale ? RemoteWrite.STALE_NAN : count);
    long bits = stale ? RemoteWrite.STALE_NAN : Double.doubleToRawLongBits(sum);
    out.fixed64(RemoteWrite.HISTOGRAM_SUM, bits);
  }

  private void collect(Buckets buckets, int shift) {
    size = 0;
    for (int i = 0; i < buckets.size; i++) {
      add((int) ((buckets.offset + i) >> shift) + 1, buckets.counts[i]);
    }
  }

  private void collectCustom(HistogramPoint point) {
    size = 0;
    if (point.bucketCount == 0) {
      add(point.boundCount, point.count);
    }
    for (int i = 0; i < point.bucketCount; i++) {
      add(i, point.buckets[i]);
    }
  }

  private void add(int index, long count) {
    if (count == 0) {
      return;
    }
    if (size > 0 && indexes[size - 1] == index) {
      counts[size - 1] += count;
      return;
    }
    if (size == indexes.length) {
      indexes = Arrays.copyOf(indexes, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    indexes[size] = index;
    counts[size++] = count;
  }

  private void writeBuckets(WireWriter out, int spansField, int deltasField) {
    if (size == 0) {
      return;
    }
    int end = 0;
    int start = 0;
    for (int i = 1; i <= size; i++) {
      if (i == size || !isNear(i)) {
        int mark = out.begin(spansField);
        out.zigzag(RemoteWrite.SPAN_OFFSET, indexes[start] - end);
        end = indexes[i - 1] + 1;
        out.varint(RemoteWrite.SPAN_LENGTH, end - indexes[start]);
        out.end(mark);
        start = i;
      }
    }
    writeDeltas(out, deltasField);
  }

  private void writeDeltas(WireWriter out, int field) {
    int mark = out.begin(field);
    long before = 0;
    for (int i = 0; i < size; i++) {
      int gap = i > 0 && isNear(i) ? indexes[i] - indexes[i - 1] - 1 : 0;
      for (int empty = 0; empty < gap; empty++) {
        writeZigzag(out, -before);
        before = 0;
      }
      writeZigzag(out, counts[i] - before);
      before = counts[i];
    }
    out.end(mark);
  }

  private boolean isNear(int i) {
    return indexes[i] - indexes[i - 1] - 1 <= GAP_MAX;
  }

  private static void writeZigzag(WireWriter out, long value) {
    out.rawVarint((value << 1) ^ (value >> 63));
  }
}
