package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireReader;

/**
 * Reads points of exponential histograms: one native histogram each. Hot path. Used by one thread.
 */
final class ExponentialReader implements PointReader {
  private final PointSink sink;
  private final NativeHistograms natives;
  private final ExponentialPoint histogram = new ExponentialPoint();
  private final PointFields fields = histogram.fields;

  ExponentialReader(PointSink sink, NativeHistograms natives) {
    this.sink = sink;
    this.natives = natives;
  }

  @Override
  public long read(WireReader point, MetricContext metric, int ordinal) {
    histogram.read(point);
    long timeNanos = fields.timeNanos;
    if (histogram.scale < RemoteWrite.SCHEMA_MIN) {
      sink.unsupported(ordinal, metric, "has an exponential histogram of a scale below -4");
      return timeNanos;
    }
    if (!histogram.hasSum && !fields.isStale()) {
      sink.unsupported(ordinal, metric, "has an exponential histogram without a sum");
      return timeNanos;
    }
    Series series = sink.cache().main(sink.cache().point(metric, fields.attributes));
    if (series == null) {
      sink.unusable(ordinal, metric);
      return timeNanos;
    }
    if (metric.delta && !fields.isStale()) {
      DeltaStates.Verdict verdict = sink.deltas().add(series, histogram);
      if (verdict != DeltaStates.Verdict.ADDED) {
        sink.refused(ordinal, metric, verdict);
        return timeNanos;
      }
    }
    int offset = natives.write(histogram);
    sink.store().begin(metric.metadata, fields.millis(), fields.startMillis(), ordinal);
    int sample = sink.store().addHistogram(series, offset);
    sink.exemplars().addAll(fields, sample);
    return timeNanos;
  }
}
