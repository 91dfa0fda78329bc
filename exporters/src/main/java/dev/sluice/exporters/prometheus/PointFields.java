package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * The fields that all kinds of data points share, under different numbers. Reused for one point
 * after the other; allocates nothing, but to grow.
 */
final class PointFields {
  /** Exemplars of one point beyond this are left out. */
  static final int EXEMPLARS_MAX = 256;

  private static final long NANOS_PER_MILLI = 1_000_000;

  final Slice attributes = new Slice();
  long startNanos;
  long timeNanos;
  private long flags;
  private byte[] array = new byte[0];
  private int[] exemplarOffsets = new int[8];
  private int[] exemplarLengths = new int[8];
  private int exemplarCount;

  void clear() {
    attributes.clear();
    startNanos = 0;
    timeNanos = 0;
    flags = 0;
    exemplarCount = 0;
  }

  /** Takes the current field, which began with its tag at {@code from}, as an attribute. */
  void attribute(WireReader point, int from) {
    point.length();
    attributes.append(point.array(), from, point.position() - from);
  }

  /** Takes the current field as an exemplar. */
  void exemplar(WireReader point) {
    int length = point.length();
    if (exemplarCount == EXEMPLARS_MAX) {
      return;
    }
    if (exemplarCount == exemplarOffsets.length) {
      exemplarOffsets = Arrays.copyOf(exemplarOffsets, 2 * exemplarCount);
      exemplarLengths = Arrays.copyOf(exemplarLengths, 2 * exemplarCount);
    }
    array = point.array();
    exemplarOffsets[exemplarCount] = point.position() - length;
    exemplarLengths[exemplarCount++] = length;
  }

  void flags(WireReader point) {
    flags = point.varint();
  }

  boolean isStale() {
    return (flags & Otlp.DataPointFlags.NO_RECORDED_VALUE_MASK) != 0;
  }

  long millis() {
    return timeNanos / NANOS_PER_MILLI;
  }

  /** When counting began; 0 when that is unknown or makes no sense. */
  long startMillis() {
    return Long.compareUnsigned(startNanos, timeNanos) > 0 ? 0 : startNanos / NANOS_PER_MILLI;
  }

  /** The bits of a value, or of the stale marker. */
  long bits(double value) {
    return isStale() ? RemoteWrite.STALE_NAN : Double.doubleToRawLongBits(value);
  }

  int exemplarCount() {
    return exemplarCount;
  }

  /** Points a reader at an exemplar. */
  WireReader exemplar(int index, WireReader reader) {
    return reader.reset(array, exemplarOffsets[index], exemplarLengths[index]);
  }
}
