package dev.sluice.exporters.prometheus;

import java.util.Arrays;

/**
 * The order in which a batch's samples are sent: by series as they first appeared, by time within a
 * series, exact duplicates left out. Hot path: what is in order already costs one comparison a
 * sample. Used by one thread.
 */
final class SampleOrder {
  private static final int KEPT = 1 << 16;

  private final SampleStore store;
  private int[] order = new int[0];
  private int[] scratch = new int[0];
  private int size;

  SampleOrder(SampleStore store) {
    this.store = store;
  }

  int size() {
    return size;
  }

  /** Makes the order of {@code samples} samples in the given series. */
  int[] make(Series[] series, int seriesCount, int samples) {
    if (order.length < samples || (order.length > KEPT && order.length > 4 * samples)) {
      order = new int[samples];
      scratch = new int[0];
    }
    size = 0;
    for (int i = 0; i < seriesCount; i++) {
      Series one = series[i];
      if (one.head == one.tail) {
        order[size++] = one.head;
      } else {
        addSeries(one);
      }
    }
    return order;
  }

  private void addSeries(Series series) {
    int from = size;
    int end = from;
    boolean sorted = true;
    for (int sample = series.head; sample >= 0; sample = store.next(sample)) {
      sorted &= end == from || store.millis(order[end - 1]) <= store.millis(sample);
      order[end++] = sample;
    }
    if (!sorted) {
      sort(from, end);
    }
    size = withoutDuplicates(from, end);
  }

  private int withoutDuplicates(int from, int end) {
    int kept = from + 1;
    for (int i = from + 1; i < end; i++) {
      if (!isRepeated(order[i], from, kept)) {
        order[kept++] = order[i];
      }
    }
    return kept;
  }

  private boolean isRepeated(int sample, int from, int kept) {
    for (int i = kept - 1; i >= from && store.millis(order[i]) == store.millis(sample); i--) {
      if (store.isSame(order[i], sample)) {
        return true;
      }
    }
    return false;
  }

  /** Merge sort from the bottom up, stable. */
  private void sort(int from, int end) {
    if (scratch.length < end) {
      scratch = new int[order.length];
    }
    for (int width = 1; width < end - from; width *= 2) {
      for (int left = from; left < end; left += 2 * width) {
        int middle = Math.min(left + width, end);
        merge(left, middle, Math.min(middle + width, end));
      }
      System.arraycopy(scratch, from, order, from, end - from);
    }
  }

  private void merge(int left, int middle, int right) {
    int a = left;
    int b = middle;
    for (int i = left; i < right; i++) {
      boolean first =
          b >= right || (a < middle && store.millis(order[a]) <= store.millis(order[b]));
      scratch[i] = first ? order[a++] : order[b++];
    }
  }

  /** For tests: the order as it stands. */
  int[] toArray() {
    return Arrays.copyOf(order, size);
  }
}
