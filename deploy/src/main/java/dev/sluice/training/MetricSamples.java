package dev.sluice.training;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * Data points of every kind, cumulative and delta, some with exemplars.
 *
 * @param nanos the time of the points
 */
record MetricSamples(long nanos, Resource resource, InstrumentationScope scope) {
  private static final int SERIES = 16;

  byte[] request() {
    ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(scope);
    Gauge.Builder gauge = Gauge.newBuilder();
    Sum.Builder sum = Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(cumulative());
    Sum.Builder delta = Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(delta());
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(cumulative());
    ExponentialHistogram.Builder exponential =
        ExponentialHistogram.newBuilder().setAggregationTemporality(cumulative());
    Summary.Builder summary = Summary.newBuilder();
    for (int i = 0; i < SERIES; i++) {
      KeyValue route = Samples.text("http.route", "/route/" + i);
      gauge.addDataPoints(number(route).setAsDouble(i / 3.0));
      sum.addDataPoints(number(route).setAsInt(i).addExemplars(exemplar()));
      delta.addDataPoints(number(route).setAsInt(i));
      histogram.addDataPoints(histogram(route));
      exponential.addDataPoints(exponential(route));
      summary.addDataPoints(summary(route));
    }
    metrics
        .addMetrics(metric("queue.size", "1").setGauge(gauge))
        .addMetrics(metric("http.server.requests", "{request}").setSum(sum))
        .addMetrics(metric("orders.paid", "{order}").setSum(delta))
        .addMetrics(metric("http.server.duration", "s").setHistogram(histogram))
        .addMetrics(metric("http.client.duration", "ms").setExponentialHistogram(exponential))
        .addMetrics(metric("gc.pause", "ms").setSummary(summary));
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(metrics))
        .build()
        .toByteArray();
  }

  private static AggregationTemporality cumulative() {
    return AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  }

  private static AggregationTemporality delta() {
    return AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  }

  private static Metric.Builder metric(String name, String unit) {
    return Metric.newBuilder().setName(name).setUnit(unit).setDescription("for training");
  }

  private NumberDataPoint.Builder number(KeyValue attribute) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 1_000_000)
        .setTimeUnixNano(nanos)
        .addAttributes(attribute);
  }

  private HistogramDataPoint.Builder histogram(KeyValue attribute) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos - 1_000_000)
            .setTimeUnixNano(nanos)
            .addAttributes(attribute)
            .setCount(10)
            .setSum(12.5)
            .addExemplars(exemplar());
    for (int i = 0; i < 10; i++) {
      point.addExplicitBounds(0.005 * (1 << i)).addBucketCounts(1);
    }
    return point.addBucketCounts(0);
  }

  private ExponentialHistogramDataPoint.Builder exponential(KeyValue attribute) {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(-4);
    for (int i = 0; i < 20; i++) {
      buckets.addBucketCounts(1);
    }
    return ExponentialHistogramDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 1_000_000)
        .setTimeUnixNano(nanos)
        .addAttributes(attribute)
        .setScale(3)
        .setCount(20)
        .setSum(25)
        .setPositive(buckets);
  }

  private SummaryDataPoint.Builder summary(KeyValue attribute) {
    return SummaryDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 1_000_000)
        .setTimeUnixNano(nanos)
        .addAttributes(attribute)
        .setCount(3)
        .setSum(6)
        .addQuantileValues(
            SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(3));
  }

  private Exemplar exemplar() {
    return Exemplar.newBuilder()
        .setTimeUnixNano(nanos)
        .setAsDouble(0.3)
        .addFilteredAttributes(Samples.text("user", "42"))
        .build();
  }
}
