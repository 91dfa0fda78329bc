package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;

/**
 * What a {@code Metric} says beside its points, read in a first pass over it, since its fields may
 * come in any order. Reused for one metric after the other; allocates nothing.
 */
final class MetricHeader {
  private final Slice name = new Slice();
  private final Slice unit = new Slice();
  private final Slice description = new Slice();
  private final WireReader data = new WireReader();
  private int dataField;
  private int temporality;
  private boolean monotonic;

  /** Reads {@code metric} to its end. */
  void read(WireReader metric) {
    name.clear();
    unit.clear();
    description.clear();
    dataField = 0;
    temporality = Otlp.AggregationTemporality.UNSPECIFIED;
    monotonic = false;
    while (metric.next()) {
      switch (metric.field()) {
        case Otlp.Metric.NAME -> name.replace(metric);
        case Otlp.Metric.UNIT -> unit.replace(metric);
        case Otlp.Metric.DESCRIPTION -> description.replace(metric);
        case Otlp.Metric.GAUGE,
            Otlp.Metric.SUM,
            Otlp.Metric.HISTOGRAM,
            Otlp.Metric.EXPONENTIAL_HISTOGRAM,
            Otlp.Metric.SUMMARY ->
            readData(metric);
        default -> metric.skip();
      }
    }
  }

  /** The field of {@code Metric} that has the points; 0 when there is none. */
  int dataField() {
    return dataField;
  }

  MetricKind kind() {
    return switch (dataField) {
      case Otlp.Metric.SUM -> monotonic ? MetricKind.COUNTER : MetricKind.NON_MONOTONIC_SUM;
      case Otlp.Metric.HISTOGRAM -> MetricKind.HISTOGRAM;
      case Otlp.Metric.EXPONENTIAL_HISTOGRAM -> MetricKind.EXPONENTIAL_HISTOGRAM;
      case Otlp.Metric.SUMMARY -> MetricKind.SUMMARY;
      default -> MetricKind.GAUGE;
    };
  }

  boolean isDelta() {
    return hasTemporality() && temporality == Otlp.AggregationTemporality.DELTA;
  }

  boolean isWithoutTemporality() {
    return hasTemporality() && !isDelta() && temporality != Otlp.AggregationTemporality.CUMULATIVE;
  }

  String name() {
    return name.toString();
  }

  String unit() {
    return unit.toString();
  }

  String description() {
    return description.toString();
  }

  /** Writes what tells this metric from others of its scope. */
  WireWriter writeKey(WireWriter key) {
    key.rawByte(dataField | (monotonic ? 0x10 : 0));
    key.rawVarint(temporality);
    write(key, name);
    write(key, unit);
    write(key, description);
    return key;
  }

  private static void write(WireWriter key, Slice slice) {
    key.rawVarint(slice.length());
    key.raw(slice.array(), slice.offset(), slice.length());
  }

  private boolean hasTemporality() {
    return dataField == Otlp.Metric.SUM
        || dataField == Otlp.Metric.HISTOGRAM
        || dataField == Otlp.Metric.EXPONENTIAL_HISTOGRAM;
  }

  private void readData(WireReader metric) {
    dataField = metric.field();
    metric.enter(data);
    boolean sum = dataField == Otlp.Metric.SUM;
    while (data.next()) {
      if (data.wireType() != WireReader.VARINT || !hasTemporality()) {
        data.skip();
      } else if (data.field() == Otlp.Sum.AGGREGATION_TEMPORALITY) {
        temporality = (int) data.varint();
      } else if (data.field() == Otlp.Sum.IS_MONOTONIC && sum) {
        monotonic = data.varint() != 0;
      } else {
        data.skip();
      }
    }
  }
}
