package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * Reads points of summaries: {@code _sum}, {@code _count} and one sample a quantile. Hot path. Used
 * by one thread.
 */
final class SummaryReader implements PointReader {
  private final PointSink sink;
  private final PointFields fields = new PointFields();
  private final WireReader pair = new WireReader();
  private double[] quantiles = new double[8];
  private double[] values = new double[8];
  private int size;
  private long count;
  private double sum;

  SummaryReader(PointSink sink) {
    this.sink = sink;
  }

  @Override
  public long read(WireReader point, MetricContext metric, int ordinal) {
    parse(point);
    PointContext context = sink.cache().point(metric, fields.attributes);
    Family family = sink.cache().family(context, quantiles, size);
    if (family == null) {
      sink.unusable(ordinal, metric);
      return fields.timeNanos;
    }
    SampleStore store = sink.store();
    store.begin(metric.metadata, fields.millis(), fields.startMillis(), ordinal);
    store.addFloat(family.sum(), fields.bits(sum));
    store.addFloat(family.count(), fields.bits(GoFloat.unsigned(count)));
    for (int i = 0; i < size; i++) {
      store.addFloat(family.members()[i], fields.bits(values[i]));
    }
    return fields.timeNanos;
  }

  private void parse(WireReader point) {
    fields.clear();
    size = 0;
    count = 0;
    sum = 0;
    for (int from = point.position(); point.next(); from = point.position()) {
      switch (point.field()) {
        case Otlp.SummaryDataPoint.ATTRIBUTES -> fields.attribute(point, from);
        case Otlp.SummaryDataPoint.START_TIME_UNIX_NANO -> fields.startNanos = point.fixed64();
        case Otlp.SummaryDataPoint.TIME_UNIX_NANO -> fields.timeNanos = point.fixed64();
        case Otlp.SummaryDataPoint.COUNT -> count = point.fixed64();
        case Otlp.SummaryDataPoint.SUM -> sum = point.float64();
        case Otlp.SummaryDataPoint.QUANTILE_VALUES -> readQuantile(point);
        case Otlp.SummaryDataPoint.FLAGS -> fields.flags(point);
        default -> point.skip();
      }
    }
  }

  private void readQuantile(WireReader point) {
    if (size == quantiles.length) {
      quantiles = Arrays.copyOf(quantiles, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    quantiles[size] = 0;
    values[size] = 0;
    point.enter(pair);
    while (pair.next()) {
      switch (pair.field()) {
        case Otlp.SummaryDataPoint.ValueAtQuantile.QUANTILE -> quantiles[size] = pair.float64();
        case Otlp.SummaryDataPoint.ValueAtQuantile.VALUE -> values[size] = pair.float64();
        default -> pair.skip();
      }
    }
    size++;
  }
}
