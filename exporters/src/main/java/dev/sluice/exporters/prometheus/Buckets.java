package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * One side of an exponential histogram: counts of consecutive buckets. The bucket at index {@code
 * i} is {@code (base^i, base^(i+1)]}, as in OTLP. Used by one thread.
 */
final class Buckets {
  /** The index of the first bucket. */
  long offset;

  long[] counts = new long[32];
  int size;
  private final WireReader message = new WireReader();
  private final WireReader packed = new WireReader();

  void clear() {
    offset = 0;
    size = 0;
  }

  /** Reads the current field as {@code Buckets}. */
  void read(WireReader point) {
    clear();
    point.enter(message);
    while (message.next()) {
      switch (message.field()) {
        case Otlp.ExponentialHistogramDataPoint.Buckets.OFFSET -> offset = (int) message.zigzag();
        case Otlp.ExponentialHistogramDataPoint.Buckets.BUCKET_COUNTS -> readCounts();
        default -> message.skip();
      }
    }
  }

  void copy(Buckets other) {
    offset = other.offset;
    size(other.size);
    System.arraycopy(other.counts, 0, counts, 0, size);
  }

  /** Makes room for {@code size} buckets and keeps the counts that are there. */
  void size(int size) {
    if (counts.length < size) {
      counts = Arrays.copyOf(counts, Math.max(size, 2 * counts.length));
    }
    this.size = size;
  }

  /** Joins buckets until the scale is {@code shift} lower. */
  void scaleDown(int shift) {
    if (shift == 0 || size == 0) {
      return;
    }
    long first = first(shift);
    int last = 0;
    for (int i = 0; i < size; i++) {
      int target = (int) (((offset + i) >> shift) - first);
      long count = counts[i];
      counts[i] = 0;
      counts[target] += count;
      last = target;
    }
    offset = first;
    size = last + 1;
  }

  /** Adds the counts of {@code other}, which is {@code shift} scales finer. */
  void add(Buckets other, int shift) {
    if (other.size == 0) {
      return;
    }
    cover(other.first(shift), other.last(shift));
    for (int i = 0; i < other.size; i++) {
      counts[(int) (((other.offset + i) >> shift) - offset)] += other.counts[i];
    }
  }

  /** Takes out the buckets that end at or below {@code threshold}, and returns their counts. */
  long takeBelow(double threshold, int scale) {
    long taken = 0;
    for (int i = 0; i < size && upperBound(offset + i, scale) <= threshold; i++) {
      taken += counts[i];
      counts[i] = 0;
    }
    return taken;
  }

  private static double upperBound(long index, int scale) {
    return Math.pow(2, (index + 1) * Math.pow(2, -scale));
  }

  /** The index of the first bucket when the scale is {@code shift} lower. */
  long first(int shift) {
    return offset >> shift;
  }

  /** The index of the last bucket when the scale is {@code shift} lower. */
  long last(int shift) {
    return (offset + size - 1) >> shift;
  }

  private void cover(long first, long last) {
    if (size == 0) {
      size((int) (last - first + 1));
      Arrays.fill(counts, 0, size, 0);
      offset = first;
      return;
    }
    int before = (int) Math.max(0, offset - first);
    int after = (int) Math.max(0, last - (offset + size - 1));
    int old = size;
    size(before + old + after);
    System.arraycopy(counts, 0, counts, before, old);
    Arrays.fill(counts, 0, before, 0);
    Arrays.fill(counts, before + old, size, 0);
    offset -= before;
  }

  private void readCounts() {
    if (message.wireType() != WireReader.LEN) {
      size(size + 1);
      counts[size - 1] = message.varint();
      return;
    }
    message.enter(packed);
    while (packed.position() < packed.limit()) {
      size(size + 1);
      counts[size - 1] = packed.varint();
    }
  }
}
