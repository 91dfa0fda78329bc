package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.WireReader;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Turns the OTLP bytes of a batch into samples. Hot path, measured by {@code RemoteWriteBenchmark}:
 * it walks the bytes field by field and, as long as the series are known, allocates nothing per
 * point. Used by one thread.
 *
 * <p>Each message is read twice where its fields may come in any order: first what its points need
 * to know, then the points.
 */
final class Translator {
  private static final int TIME_UNIX_NANO = Otlp.NumberDataPoint.TIME_UNIX_NANO;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long ONE = Double.doubleToRawLongBits(1);

  private final SeriesCache cache;
  private final SampleStore store;
  private final DeltaStates deltas;
  private final Losses losses;
  private final PointReader numbers;
  private final PointReader histograms;
  private final PointReader exponentials;
  private final PointReader summaries;

  private final WireReader request = new WireReader();
  private final WireReader resourceMetrics = new WireReader();
  private final WireReader scopeMetrics = new WireReader();
  private final WireReader metric = new WireReader();
  private final WireReader data = new WireReader();
  private final WireReader point = new WireReader();
  private final Slice resource = new Slice();
  private final Slice scope = new Slice();
  private final MetricHeader header = new MetricHeader();
  private final MetricList metrics = new MetricList();
  private int ordinal;
  private long newestNanos;

  Translator(EncoderSettings settings, SampleStore store, Losses losses, Clock clock) {
    this.cache = new SeriesCache(settings, clock);
    this.store = store;
    this.losses = losses;
    this.deltas = new DeltaStates(settings.delta(), clock);
    ExemplarReader exemplars = new ExemplarReader(store);
    PointSink sink = new PointSink(settings, cache, store, deltas, exemplars, losses);
    NativeHistograms natives = new NativeHistograms(store);
    this.numbers = new NumberReader(sink);
    this.histograms = new HistogramReader(sink, natives);
    this.exponentials = new ExponentialReader(sink, natives);
    this.summaries = new SummaryReader(sink);
  }

  /** Fills the store and the losses, which it empties first, with a batch. */
  void translate(Batch batch) {
    cache.trim();
    deltas.evictStale();
    store.reset();
    losses.reset();
    metrics.reset();
    ordinal = 0;
    for (Telemetry part : batch.parts()) {
      readRequest(part);
    }
    store.exemplars().link(store.size());
  }

  SeriesCache cache() {
    return cache;
  }

  DeltaStates deltas() {
    return deltas;
  }

  /** The metrics of the batch, each once. */
  MetricList metrics() {
    return metrics;
  }

  private void readRequest(Telemetry part) {
    request.reset(part.bytes(), 0, part.size());
    while (request.next()) {
      if (request.field() == Otlp.ExportRequest.RESOURCE) {
        readResource();
      } else {
        request.skip();
      }
    }
  }

  private void readResource() {
    int length = request.length();
    int offset = request.position() - length;
    resource.clear();
    resourceMetrics.reset(request.array(), offset, length);
    while (resourceMetrics.next()) {
      if (resourceMetrics.field() == Otlp.ResourceEnvelope.RESOURCE) {
        resource.join(resourceMetrics);
      } else {
        resourceMetrics.skip();
      }
    }
    ResourceContext context = cache.resource(resource);
    newestNanos = 0;
    resourceMetrics.reset(request.array(), offset, length);
    while (resourceMetrics.next()) {
      if (resourceMetrics.field() == Otlp.ResourceEnvelope.SCOPE) {
        readScope(context);
      } else {
        resourceMetrics.skip();
      }
    }
    addTargetInfo(context);
  }

  /** The time goes forward only, since a resource's batches may come in any order. */
  private void addTargetInfo(ResourceContext context) {
    TargetInfo target = context.targetInfo;
    long millis = newestNanos / NANOS_PER_MILLI;
    if (target == null || newestNanos == 0 || millis <= target.series().labels.newestMillis) {
      return;
    }
    target.series().labels.newestMillis = millis;
    store.begin(target.metadata(), millis, 0, SampleStore.NO_POINT);
    store.addFloat(target.series(), ONE);
  }

  private void readScope(ResourceContext context) {
    int length = resourceMetrics.length();
    int offset = resourceMetrics.position() - length;
    scope.clear();
    scopeMetrics.reset(resourceMetrics.array(), offset, length);
    while (scopeMetrics.next()) {
      if (scopeMetrics.field() == Otlp.ScopeEnvelope.SCOPE) {
        scope.join(scopeMetrics);
      } else {
        scopeMetrics.skip();
      }
    }
    ScopeContext scopeContext = cache.scope(context, scope);
    scopeMetrics.reset(resourceMetrics.array(), offset, length);
    while (scopeMetrics.next()) {
      if (scopeMetrics.field() == Otlp.ScopeEnvelope.ITEMS) {
        readMetric(scopeContext);
      } else {
        scopeMetrics.skip();
      }
    }
  }

  private void readMetric(ScopeContext scopeContext) {
    int length = scopeMetrics.length();
    int offset = scopeMetrics.position() - length;
    header.read(metric.reset(scopeMetrics.array(), offset, length));
    if (header.dataField() == 0) {
      return;
    }
    MetricContext context = cache.metric(scopeContext, header);
    metrics.add(context, store.batch());
    metric.reset(scopeMetrics.array(), offset, length);
    while (metric.next()) {
      PointReader reader = reader(metric.field());
      if (reader == null) {
        metric.skip();
      } else {
        readPoints(context, reader);
      }
    }
  }

  private @Nullable PointReader reader(int field) {
    return switch (field) {
      case Otlp.Metric.GAUGE, Otlp.Metric.SUM -> numbers;
      case Otlp.Metric.HISTOGRAM -> histograms;
      case Otlp.Metric.EXPONENTIAL_HISTOGRAM -> exponentials;
      case Otlp.Metric.SUMMARY -> summaries;
      default -> null;
    };
  }

  private void readPoints(MetricContext context, PointReader reader) {
    metric.enter(data);
    while (data.next()) {
      if (data.field() != Otlp.Gauge.DATA_POINTS) {
        data.skip();
        continue;
      }
      data.enter(point);
      long timeNanos =
          context.problem.isEmpty() ? reader.read(point, context, ordinal) : drop(context);
      ordinal++;
      if (Long.compareUnsigned(timeNanos, newestNanos) > 0) {
        newestNanos = timeNanos;
      }
    }
  }

  private long drop(MetricContext context) {
    losses.dropped(context.rule, ordinal, context.problem);
    long timeNanos = 0;
    while (point.next()) {
      if (point.field() == TIME_UNIX_NANO) {
        timeNanos = point.fixed64();
      } else {
        point.skip();
      }
    }
    return timeNanos;
  }
}
