package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;

/** Reads points of gauges and sums: one float sample each. Hot path. Used by one thread. */
final class NumberReader implements PointReader {
  private final PointSink sink;
  private final PointFields fields = new PointFields();

  NumberReader(PointSink sink) {
    this.sink = sink;
  }

  @Override
  public long read(WireReader point, MetricContext metric, int ordinal) {
    double value = parse(point);
    PointContext context = sink.cache().point(metric, fields.attributes);
    Series series = sink.cache().main(context);
    if (series == null) {
      sink.unusable(ordinal, metric);
      return fields.timeNanos;
    }
    long timeNanos = fields.timeNanos;
    double sent = value;
    if (metric.delta && !fields.isStale()) {
      DeltaStates.Verdict verdict = sink.deltas().add(series, fields, value);
      if (verdict != DeltaStates.Verdict.ADDED) {
        sink.refused(ordinal, metric, verdict);
        return timeNanos;
      }
      sent = sink.deltas().total();
    }
    boolean gauge = metric.kind == MetricKind.GAUGE;
    long startMillis = gauge ? 0 : fields.startMillis();
    sink.store().begin(metric.metadata, fields.millis(), startMillis, ordinal);
    int sample = sink.store().addFloat(series, fields.bits(sent));
    if (!gauge && fields.exemplarCount() > 0) {
      sink.exemplars().addAll(fields, sample);
    }
    return timeNanos;
  }

  private double parse(WireReader point) {
    fields.clear();
    double value = 0;
    for (int from = point.position(); point.next(); from = point.position()) {
      switch (point.field()) {
        case Otlp.NumberDataPoint.ATTRIBUTES -> fields.attribute(point, from);
        case Otlp.NumberDataPoint.START_TIME_UNIX_NANO -> fields.startNanos = point.fixed64();
        case Otlp.NumberDataPoint.TIME_UNIX_NANO -> fields.timeNanos = point.fixed64();
        case Otlp.NumberDataPoint.AS_DOUBLE -> value = point.float64();
        case Otlp.NumberDataPoint.AS_INT -> value = (double) point.fixed64();
        case Otlp.NumberDataPoint.EXEMPLARS -> fields.exemplar(point);
        case Otlp.NumberDataPoint.FLAGS -> fields.flags(point);
        default -> point.skip();
      }
    }
    return value;
  }
}
