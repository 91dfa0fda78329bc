package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireWriter;
import java.util.Arrays;

/**
 * The samples of one batch, by column: added in the order of the data points, then put in the order
 * in which they are sent. Hot path: reused for batch after batch; it allocates only to grow, and
 * gives memory back after a batch that was far larger than usual. Used by one thread.
 *
 * <p>A sample is a float, or a native histogram whose message, but for its timestamps, stands in
 * {@link #payload()}. Sending order is by series, as they first appeared, and by time in a series;
 * exact duplicates are left out.
 */
final class SampleStore {
  /** The ordinal of samples that belong to no data point. */
  static final int NO_POINT = -1;

  private static final int CAPACITY_MIN = 1024;
  private static final int CAPACITY_KEPT = 1 << 16;
  private static final int PAYLOAD_KEPT = 4 << 20;
  private static final int NONE = -1;

  private final SampleOrder sampleOrder = new SampleOrder(this);
  private final Exemplars exemplars = new Exemplars();
  private WireWriter payload = new WireWriter(CAPACITY_MIN);
  private Series[] series = new Series[CAPACITY_MIN];
  private Series[] touched = new Series[CAPACITY_MIN];
  private long[] millis = new long[CAPACITY_MIN];
  private long[] startMillis = new long[CAPACITY_MIN];
  private long[] values = new long[CAPACITY_MIN];
  private int[] lengths = new int[CAPACITY_MIN];
  private int[] points = new int[CAPACITY_MIN];
  private int[] nexts = new int[CAPACITY_MIN];
  private int size;
  private int touchedSize;
  private long batch;

  /** Forgets all samples and begins the next batch. */
  void reset() {
    Arrays.fill(series, 0, size, null);
    Arrays.fill(touched, 0, touchedSize, null);
    if (series.length > CAPACITY_KEPT) {
      resize(CAPACITY_MIN);
    }
    if (payload.array().length > PAYLOAD_KEPT) {
      payload = new WireWriter(CAPACITY_MIN);
    }
    payload.reset();
    exemplars.reset();
    size = 0;
    touchedSize = 0;
    batch++;
  }

  /** Where messages of native histograms and labels of exemplars are written. */
  WireWriter payload() {
    return payload;
  }

  Exemplars exemplars() {
    return exemplars;
  }

  /** The number of this batch. */
  long batch() {
    return batch;
  }

  /** Adds a float sample, by the bits of its value, and returns its index. */
  int addFloat(Series of, long atMillis, long valueBits, long sinceMillis, int point) {
    return add(of, atMillis, valueBits, 0, sinceMillis, point);
  }

  /** Adds the native histogram that was written to the payload from {@code offset} on. */
  int addHistogram(Series of, long atMillis, int offset, long sinceMillis, int point) {
    return add(of, atMillis, offset, payload.size() - offset, sinceMillis, point);
  }

  /** Puts the samples in sending order; returns it, with as many indexes as {@link #ordered}. */
  int[] order() {
    return sampleOrder.make(touched, touchedSize, size);
  }

  /** How many samples the sending order has. */
  int ordered() {
    return sampleOrder.size();
  }

  int size() {
    return size;
  }

  int seriesCount() {
    return touchedSize;
  }

  Series series(int sample) {
    return series[sample];
  }

  long millis(int sample) {
    return millis[sample];
  }

  long startMillis(int sample) {
    return startMillis[sample];
  }

  long valueBits(int sample) {
    return values[sample];
  }

  /** The ordinal of the data point that the sample was made of, or {@link #NO_POINT}. */
  int point(int sample) {
    return points[sample];
  }

  boolean isHistogram(int sample) {
    return lengths[sample] > 0;
  }

  int payloadOffset(int sample) {
    return (int) values[sample];
  }

  int payloadLength(int sample) {
    return lengths[sample];
  }

  /** The sample of the same series that was added after this one; negative for none. */
  int next(int sample) {
    return nexts[sample];
  }

  /** Whether two samples of one series say the same at the same time. */
  boolean isSame(int left, int right) {
    if (millis[left] != millis[right] || lengths[left] != lengths[right]) {
      return false;
    }
    if (!isHistogram(left)) {
      return values[left] == values[right];
    }
    int a = payloadOffset(left);
    int b = payloadOffset(right);
    byte[] array = payload.array();
    return Arrays.equals(array, a, a + lengths[left], array, b, b + lengths[right]);
  }

  private int add(Series of, long atMillis, long value, int length, long sinceMillis, int point) {
    if (size == series.length) {
      resize(size * 2);
    }
    int sample = size++;
    series[sample] = of;
    millis[sample] = atMillis;
    values[sample] = value;
    lengths[sample] = length;
    startMillis[sample] = sinceMillis;
    points[sample] = point;
    nexts[sample] = NONE;
    if (of.batch == batch) {
      nexts[of.tail] = sample;
    } else {
      of.batch = batch;
      of.head = sample;
      touched[touchedSize++] = of;
    }
    of.tail = sample;
    return sample;
  }

  private void resize(int capacity) {
    series = Arrays.copyOf(series, capacity);
    touched = Arrays.copyOf(touched, capacity);
    millis = Arrays.copyOf(millis, capacity);
    startMillis = Arrays.copyOf(startMillis, capacity);
    values = Arrays.copyOf(values, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    points = Arrays.copyOf(points, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
  }
}
