package dev.sluice.it;

import static dev.sluice.it.Points.exemplar;
import static dev.sluice.it.Points.gauge;
import static dev.sluice.it.Points.number;
import static dev.sluice.it.Points.point;
import static dev.sluice.it.Points.sum;
import static dev.sluice.it.Requests.array;
import static dev.sluice.it.Requests.attribute;
import static dev.sluice.it.Requests.bool;
import static dev.sluice.it.Requests.decimal;
import static dev.sluice.it.Requests.text;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;

/**
 * A metric of every kind, with the names, units and attributes that are hard to translate.
 *
 * @param nanos the time of all points
 */
record MetricSample(long nanos, ByteString traceId, ByteString spanId) {
  static MetricSample at(long nanos) {
    return new MetricSample(nanos, Requests.id(16), Requests.id(8));
  }

  /** One resource with an instance, and one without, which has nothing but a name. */
  ExportMetricsServiceRequest request(String service) {
    List<Metric> plain =
        List.of(
            sum("it.plain", "", true, point(nanos, 5)),
            gauge("it_already_plain", "", point(nanos, 1)));
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(
                    Requests.resource(
                        service,
                        attribute("host.name", "node-7"),
                        attribute("process.pid", 42),
                        attribute("service.version", "1.2.3"),
                        attribute("a.list", array(text("x"), text("y")))))
                .addScopeMetrics(Points.scope(numbers()))
                .addScopeMetrics(Points.scope(names()))
                .addScopeMetrics(Points.scope(distributions())))
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Requests.resource(service).toBuilder().removeAttributes(2).build())
                .addScopeMetrics(Points.scope(plain)))
        .build();
  }

  private List<Metric> numbers() {
    return List.of(
        gauge("it.load", "1", point(nanos, 0.75)),
        gauge("it.water.temp", "Cel", point(nanos, 21L), point(nanos, -3L, attribute("at", "sea"))),
        gauge("it.disk.usage", "%", point(nanos, 93.5)),
        gauge("it.speed", "m/s", point(nanos, 3.25)),
        gauge("it.throughput", "By/s", point(nanos, 1e9)),
        gauge("it.annotated", "{things}", point(nanos, 2)),
        gauge("it.odd.unit", "furlong", point(nanos, 2)),
        gauge("it.infinite", "", point(nanos, Double.POSITIVE_INFINITY)),
        gauge("it.tiny", "", point(nanos, 4.9e-324)),
        gauge("it.big", "", point(nanos, Long.MAX_VALUE)),
        sum("it.connections", "{connection}", false, point(nanos, -4)),
        sum("it.io", "By", true, point(nanos, 4096L, attribute("direction", "read"))),
        sum("it.requests", "{request}", true, counted()));
  }

  private NumberDataPoint counted() {
    return number(nanos, attribute("route", "/cart"), attribute("code", 200))
        .setAsInt(12)
        .addExemplars(exemplar(nanos - 1_000_000, 1, traceId, spanId))
        .build();
  }

  private List<Metric> names() {
    return List.of(
        gauge("9lives", "", point(nanos, 9)),
        gauge("it.weird-näme/x", "", point(nanos, 1)),
        gauge("it..double..dots", "", point(nanos, 1)),
        gauge("it:colon", "", point(nanos, 1)),
        gauge("it.wait.seconds", "s", point(nanos, 1.5)),
        sum("it.done.total", "", true, point(nanos, 3)),
        sum("it.total.done", "", true, point(nanos, 3, attribute("of", "another"))),
        gauge(
            "it.labels",
            "",
            point(
                nanos,
                1,
                attribute("http.method", "GET"),
                attribute("1st", "one"),
                attribute("a__b", "two underscores"),
                attribute("grün", "ä"),
                attribute("a.bool", bool(true)),
                attribute("a.double", decimal(0.5)),
                attribute("a.list", array(text("x"), Requests.number(1))),
                attribute("empty", ""))),
        gauge(
            "it.collision",
            "",
            point(nanos, 1, attribute("same.name", "first"), attribute("same_name", "second"))),
        gauge("it.overridden", "", point(nanos, 1, attribute("job", "mine"))));
  }

  private List<Metric> distributions() {
    return List.of(
        Metric.newBuilder()
            .setName("it.duration")
            .setUnit("s")
            .setHistogram(
                Histogram.newBuilder()
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(explicit()))
            .build(),
        Metric.newBuilder()
            .setName("it.payload")
            .setUnit("By")
            .setExponentialHistogram(
                ExponentialHistogram.newBuilder()
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(exponential(3, "coarse"))
                    .addDataPoints(exponential(10, "finer than Prometheus knows")))
            .build(),
        Metric.newBuilder()
            .setName("it.rpc.latency")
            .setUnit("ms")
            .setSummary(Summary.newBuilder().addDataPoints(summary()))
            .build());
  }

  private HistogramDataPoint explicit() {
    return HistogramDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 60_000_000_000L)
        .setTimeUnixNano(nanos)
        .addAttributes(attribute("route", "/cart"))
        .addAllExplicitBounds(List.of(0.005, 0.5, 5.0, 1e10))
        .addAllBucketCounts(List.of(1L, 2L, 0L, 3L, 1L))
        .setCount(7)
        .setSum(20.25)
        .setMin(0.001)
        .setMax(2e10)
        .addExemplars(exemplar(nanos - 2_000_000, 0.3, traceId, spanId))
        .build();
  }

  private ExponentialHistogramDataPoint exponential(int scale, String kind) {
    return ExponentialHistogramDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 60_000_000_000L)
        .setTimeUnixNano(nanos)
        .addAttributes(attribute("kind", kind))
        .setScale(scale)
        .setZeroCount(2)
        .setPositive(
            ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(-3)
                .addAllBucketCounts(List.of(1L, 0L, 0L, 4L, 0L, 2L)))
        .setNegative(
            ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(5)
                .addAllBucketCounts(List.of(3L, 1L)))
        .setCount(13)
        .setSum(17.5)
        .addExemplars(exemplar(nanos - 3_000_000, 1.2, traceId, spanId))
        .build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 60_000_000_000L)
        .setTimeUnixNano(nanos)
        .setCount(9)
        .setSum(90.5)
        .addQuantileValues(quantile(0.5, 7.5))
        .addQuantileValues(quantile(0.99, 31))
        .build();
  }

  private static SummaryDataPoint.ValueAtQuantile quantile(double quantile, double value) {
    return SummaryDataPoint.ValueAtQuantile.newBuilder()
        .setQuantile(quantile)
        .setValue(value)
        .build();
  }
}
