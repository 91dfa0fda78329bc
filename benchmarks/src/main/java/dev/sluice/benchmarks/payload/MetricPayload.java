package dev.sluice.benchmarks.payload;

import static dev.sluice.benchmarks.payload.Attributes.bytes;
import static dev.sluice.benchmarks.payload.Attributes.integer;
import static dev.sluice.benchmarks.payload.Attributes.text;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;

/**
 * Points: a quarter gauges, a quarter counters, half classic histograms of fifteen buckets with an
 * exemplar each; five points a metric.
 */
final class MetricPayload {
  private static final int POINTS_PER_METRIC = 5;
  private static final long START_NANOS = Payloads.NOW_NANOS - 1_000_000_000_000L;
  private static final List<Double> BOUNDS =
      List.of(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1., 2.5, 5., 7.5, 10.);

  private final Random random;
  private long id = Payloads.ID_BASE;

  MetricPayload(Random random) {
    this.random = random;
  }

  ExportMetricsServiceRequest request(int points) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (Resource resource : Attributes.twoResources(random)) {
      request.addResourceMetrics(
          ResourceMetrics.newBuilder()
              .setResource(resource)
              .addScopeMetrics(scopeMetrics(points / 2)));
    }
    return request.build();
  }

  private ScopeMetrics scopeMetrics(int points) {
    ScopeMetrics.Builder scope =
        ScopeMetrics.newBuilder()
            .setScope(Attributes.scope("opentelemetry.instrumentation.django"));
    int block = 1;
    for (int left = points; left > 0; left -= POINTS_PER_METRIC) {
      scope.addMetrics(metric(block++, Math.min(left, POINTS_PER_METRIC)));
    }
    return scope.build();
  }

  private Metric metric(int block, int points) {
    return switch (random.nextInt(4)) {
      case 0 -> gauge("process.memory.usage." + block, points);
      case 1 -> sum("http.server.requests." + block, points);
      case 2 -> histogram("http.server.request.duration." + block, points);
      default -> histogram("db.client.operation.duration." + block, points);
    };
  }

  private Metric gauge(String name, int points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (int i = 0; i < points; i++) {
      gauge.addDataPoints(
          NumberDataPoint.newBuilder()
              .setAsDouble((double) id++)
              .setTimeUnixNano(Payloads.NOW_NANOS)
              .addAttributes(text("pool", "p" + i)));
    }
    return Metric.newBuilder().setName(name).setUnit("By").setGauge(gauge).build();
  }

  private Metric sum(String name, int points) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < points; i++) {
      sum.addDataPoints(
          NumberDataPoint.newBuilder()
              .setAsInt(id++)
              .setStartTimeUnixNano(START_NANOS)
              .setTimeUnixNano(Payloads.NOW_NANOS)
              .addAttributes(text("http.route", Attributes.ROUTES.get(i)))
              .addAttributes(text("http.request.method", "GET"))
              .addAttributes(integer("http.response.status_code", 200 + i)));
    }
    return Metric.newBuilder().setName(name).setUnit("1").setSum(sum).build();
  }

  private Metric histogram(String name, int points) {
    Histogram.Builder histogram =
        Histogram.newBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < points; i++) {
      histogram.addDataPoints(histogramPoint(i));
    }
    return Metric.newBuilder().setName(name).setUnit("s").setHistogram(histogram).build();
  }

  private HistogramDataPoint histogramPoint(int i) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(START_NANOS)
            .setTimeUnixNano(Payloads.NOW_NANOS)
            .setSum((double) id++)
            .addAllExplicitBounds(BOUNDS)
            .addAttributes(text("http.route", Attributes.ROUTES.get(i)))
            .addAttributes(text("http.request.method", "GET"))
            .addAttributes(integer("http.response.status_code", 200))
            .addExemplars(exemplar());
    long count = 0;
    for (int bucket = 0; bucket <= BOUNDS.size(); bucket++) {
      // Not less: the eight bytes of a 16 between zeros would look like an id.
      int inBucket = 100 + random.nextInt(900);
      point.addBucketCounts(inBucket);
      count += inBucket;
    }
    return point.setCount(count).build();
  }

  private Exemplar exemplar() {
    return Exemplar.newBuilder()
        .setAsDouble(.2)
        .setTimeUnixNano(Payloads.NOW_NANOS)
        .setTraceId(bytes(random, 16))
        .setSpanId(bytes(random, 8))
        .build();
  }
}
