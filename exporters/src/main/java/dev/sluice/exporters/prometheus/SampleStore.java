package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireWriter;
import java.util.Arrays;

/**
 * The samples of one batch, by column: added in the order of the data points, then put in the order
 * in which they are sent. What all samples of a data point have in common is kept once, by {@link
 * #begin}. Hot path: reused for batch after batch; it allocates only to grow, and gives memory back
 * after a batch that was far larger than usual. Used by one thread.
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
  private long[] values = new long[CAPACITY_MIN];
  private int[] lengths = new int[CAPACITY_MIN];
  private int[] slots = new int[CAPACITY_MIN];
  private int[] nexts = new int[CAPACITY_MIN];
  private Metadata[] metadata = new Metadata[CAPACITY_MIN];
  private long[] millis = new long[CAPACITY_MIN];
  private long[] startMillis = new long[CAPACITY_MIN];
  private int[] points = new int[CAPACITY_MIN];
  private int size;
  private int slot = NONE;
  private int touchedSize;
  private long batch;

  /** Forgets all samples and begins the next batch. */
  void reset() {
    Arrays.fill(series, 0, size, null);
    Arrays.fill(touched, 0, touchedSize, null);
    Arrays.fill(metadata, 0, slot + 1, null);
    if (series.length > CAPACITY_KEPT) {
      resize(CAPACITY_MIN);
    }
    if (metadata.length > CAPACITY_KEPT) {
      resizeSlots(CAPACITY_MIN);
    }
    if (payload.array().length > PAYLOAD_KEPT) {
      payload = new WireWriter(CAPACITY_MIN);
    }
    payload.reset();
    exemplars.reset();
    size = 0;
    slot = NONE;
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

  /**
   * Begins a data point; samples that are added from now on are made of it.
   *
   * @param about what is said of its metric
   * @param sinceMillis when counting began, or 0
   * @param point its ordinal, or {@link #NO_POINT}
   */
  void begin(Metadata about, long atMillis, long sinceMillis, int point) {
    if (++slot == metadata.length) {
      resizeSlots(2 * slot);
    }
    metadata[slot] = about;
    millis[slot] = atMillis;
    startMillis[slot] = sinceMillis;
    points[slot] = point;
  }

  /** Adds a float sample, by the bits of its value, and returns its index. */
  int addFloat(Series of, long valueBits) {
    return add(of, valueBits, 0);
  }

  /** Adds the native histogram that was written to the payload from {@code offset} on. */
  int addHistogram(Series of, int offset) {
    return add(of, offset, payload.size() - offset);
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
    return millis[slots[sample]];
  }

  long startMillis(int sample) {
    return startMillis[slots[sample]];
  }

  /** What is said of the metric of the data point that the sample was made of. */
  Metadata metadata(int sample) {
    return metadata[slots[sample]];
  }

  long valueBits(int sample) {
    return values[sample];
  }

  /** The ordinal of the data point that the sample was made of, or {@link #NO_POINT}. */
  int point(int sample) {
    return points[slots[sample]];
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
    if (millis(left) != millis(right) || lengths[left] != lengths[right]) {
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

  private int add(Series of, long value, int length) {
    if (size == series.length) {
      resize(size * 2);
    }
    int sample = size;
    values[sample] = value;
    lengths[sample] = length;
    slots[sample] = slot;
    nexts[sample] = NONE;
    if (isTouched(of)) {
      nexts[of.tail] = sample;
    } else {
      of.head = sample;
      touched[touchedSize++] = of;
    }
    of.tail = sample;
    series[sample] = of;
    size++;
    return sample;
  }

  /** Whether the head of a series is of this batch: the sample that it names says so, too. */
  @SuppressWarnings("ReferenceEquality") // in a batch a label set has one series
  private boolean isTouched(Series of) {
    return of.head < size && series[of.head] == of;
  }

  private void resize(int capacity) {
    series = Arrays.copyOf(series, capacity);
    touched = Arrays.copyOf(touched, capacity);
    values = Arrays.copyOf(values, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    slots = Arrays.copyOf(slots, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
  }

  private void resizeSlots(int capacity) {
    metadata = Arrays.copyOf(metadata, capacity);
    millis = Arrays.copyOf(millis, capacity);
    startMillis = Arrays.copyOf(startMillis, capacity);
    points = Arrays.copyOf(points, capacity);
  }
}
