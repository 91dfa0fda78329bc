package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads points of explicit-bucket histograms: {@code _sum}, {@code _count} and cumulative {@code
 * _bucket} samples, or one native histogram with custom buckets, or both. Hot path. Used by one
 * thread.
 */
final class HistogramReader implements PointReader {
  private final PointSink sink;
  private final NativeHistograms natives;
  private final HistogramPoint histogram = new HistogramPoint();
  private final PointFields fields = histogram.fields;

  HistogramReader(PointSink sink, NativeHistograms natives) {
    this.sink = sink;
    this.natives = natives;
  }

  @Override
  public long read(WireReader point, MetricContext metric, int ordinal) {
    histogram.read(point);
    long timeNanos = fields.timeNanos;
    PointContext context = sink.cache().point(metric, fields.attributes);
    boolean custom = sink.settings().customBuckets();
    boolean classic = !custom || sink.settings().keepClassic();
    if (metric.delta && !fields.isStale()) {
      Series identity = identity(context, classic);
      if (identity == null) {
        sink.unusable(ordinal, metric);
        return timeNanos;
      }
      DeltaStates.Verdict verdict = sink.deltas().add(identity, histogram);
      if (verdict != DeltaStates.Verdict.ADDED) {
        sink.refused(ordinal, metric, verdict);
        return timeNanos;
      }
    }
    if (custom) {
      addCustom(context, metric, ordinal, classic);
    }
    if (classic) {
      addClassic(context, metric, ordinal);
    }
    return timeNanos;
  }

  private @Nullable Series identity(PointContext context, boolean classic) {
    if (!classic) {
      return sink.cache().main(context);
    }
    Family family = family(context);
    return family == null ? null : family.count();
  }

  private @Nullable Family family(PointContext context) {
    int size = Math.min(histogram.boundCount, histogram.bucketCount);
    return sink.cache().family(context, histogram.bounds, size);
  }

  private void addCustom(
      PointContext context, MetricContext metric, int ordinal, boolean alsoClassic) {
    String problem = natives.customProblem(histogram);
    Series series = problem.isEmpty() ? sink.cache().main(context) : null;
    if (series == null) {
      if (!alsoClassic && problem.isEmpty()) {
        sink.unusable(ordinal, metric);
      } else if (!alsoClassic) {
        sink.unsupported(ordinal, metric, problem);
      }
      return;
    }
    int offset = natives.writeCustom(histogram);
    sink.store().begin(metric.metadata, fields.millis(), fields.startMillis(), ordinal);
    int sample = sink.store().addHistogram(series, offset);
    sink.exemplars().addAll(fields, sample);
  }

  private void addClassic(PointContext context, MetricContext metric, int ordinal) {
    Family family = family(context);
    if (family == null || family.infinite() == null) {
      sink.unusable(ordinal, metric);
      return;
    }
    SampleStore store = sink.store();
    store.begin(metric.metadata, fields.millis(), fields.startMillis(), ordinal);
    long count = fields.bits(GoFloat.unsigned(histogram.count));
    if (histogram.hasSum) {
      store.addFloat(family.sum(), fields.bits(histogram.sum));
    }
    store.addFloat(family.count(), count);
    int first = store.size();
    Series[] members = family.members();
    long below = 0;
    for (int i = 0; i < members.length; i++) {
      below += histogram.buckets[i];
      store.addFloat(members[i], fields.bits(GoFloat.unsigned(below)));
    }
    store.addFloat(family.infinite(), count);
    sink.exemplars().addByBound(fields, family.bounds(), first);
  }
}
