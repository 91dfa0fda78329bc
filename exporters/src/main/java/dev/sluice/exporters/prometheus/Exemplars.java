package dev.sluice.exporters.prometheus;

import java.util.Arrays;

/**
 * The exemplars of one batch, by column, each tied to a sample. Their labels stand in the payload
 * of the {@link SampleStore} as fields {@code Exemplar.labels} of remote write 1.0. Used by one
 * thread.
 */
final class Exemplars {
  private static final int CAPACITY_MIN = 64;
  private static final int CAPACITY_KEPT = 1 << 14;

  private int[] samples = new int[CAPACITY_MIN];
  private int[] nexts = new int[CAPACITY_MIN];
  private int[] offsets = new int[CAPACITY_MIN];
  private int[] lengths = new int[CAPACITY_MIN];
  private long[] millis = new long[CAPACITY_MIN];
  private long[] values = new long[CAPACITY_MIN];
  private int size;
  private int[] heads = new int[0];

  void reset() {
    if (samples.length > CAPACITY_KEPT) {
      resize(CAPACITY_MIN);
      heads = new int[0];
    }
    size = 0;
  }

  int size() {
    return size;
  }

  void add(int sample, long atMillis, long valueBits, int labelsOffset, int labelsLength) {
    if (size == samples.length) {
      resize(size * 2);
    }
    samples[size] = sample;
    millis[size] = atMillis;
    values[size] = valueBits;
    offsets[size] = labelsOffset;
    lengths[size] = labelsLength;
    size++;
  }

  /** Ties the exemplars to their samples, oldest first; call when all are added. */
  void link(int sampleCount) {
    if (size == 0) {
      return;
    }
    if (heads.length < sampleCount) {
      heads = new int[Math.max(sampleCount, 2 * heads.length)];
    }
    Arrays.fill(heads, 0, sampleCount, -1);
    for (int exemplar = size - 1; exemplar >= 0; exemplar--) {
      insert(exemplar);
    }
  }

  /** The first exemplar of a sample; negative for none. */
  int first(int sample) {
    return size == 0 ? -1 : heads[sample];
  }

  /** The next exemplar of the same sample; negative for none. */
  int next(int exemplar) {
    return nexts[exemplar];
  }

  long millis(int exemplar) {
    return millis[exemplar];
  }

  long valueBits(int exemplar) {
    return values[exemplar];
  }

  int labelsOffset(int exemplar) {
    return offsets[exemplar];
  }

  int labelsLength(int exemplar) {
    return lengths[exemplar];
  }

  private void insert(int exemplar) {
    int sample = samples[exemplar];
    int before = -1;
    int after = heads[sample];
    while (after >= 0 && millis[after] < millis[exemplar]) {
      before = after;
      after = nexts[after];
    }
    nexts[exemplar] = after;
    if (before < 0) {
      heads[sample] = exemplar;
    } else {
      nexts[before] = exemplar;
    }
  }

  private void resize(int capacity) {
    samples = Arrays.copyOf(samples, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    millis = Arrays.copyOf(millis, capacity);
    values = Arrays.copyOf(values, capacity);
  }
}
