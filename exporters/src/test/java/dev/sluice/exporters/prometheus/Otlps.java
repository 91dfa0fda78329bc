package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** OTLP metrics for tests, from the generated classes. Times are in milliseconds. */
final class Otlps {
  static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  static final int STALE = 1;
  private static final long NANOS = 1_000_000;

  private Otlps() {}

  /** Names and values, in turn, as attributes. */
  static List<KeyValue> attributes(String... pairs) {
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      AnyValue value = AnyValue.newBuilder().setStringValue(pairs[i + 1]).build();
      attributes.add(attribute(pairs[i], value));
    }
    return attributes;
  }

  static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static NumberDataPoint point(long millis, double value, String... attributes) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(millis * NANOS)
        .setAsDouble(value)
        .addAllAttributes(attributes(attributes))
        .build();
  }

  static NumberDataPoint integer(long millis, long value, String... attributes) {
    return point(millis, 0, attributes).toBuilder().setAsInt(value).build();
  }

  static NumberDataPoint since(long startMillis, NumberDataPoint point) {
    return point.toBuilder().setStartTimeUnixNano(startMillis * NANOS).build();
  }

  static HistogramDataPoint buckets(
      long millis, double sum, List<Double> bounds, List<Long> counts, String... attributes) {
    return HistogramDataPoint.newBuilder()
        .setTimeUnixNano(millis * NANOS)
        .setStartTimeUnixNano(500 * NANOS)
        .setSum(sum)
        .setCount(counts.stream().mapToLong(Long::longValue).sum())
        .addAllExplicitBounds(bounds)
        .addAllBucketCounts(counts)
        .addAllAttributes(attributes(attributes))
        .build();
  }

  static ExponentialHistogramDataPoint.Builder exponential(
      long millis, int scale, int offset, Long... counts) {
    long count = Arrays.stream(counts).mapToLong(Long::longValue).sum();
    return ExponentialHistogramDataPoint.newBuilder()
        .setTimeUnixNano(millis * NANOS)
        .setStartTimeUnixNano(500 * NANOS)
        .setScale(scale)
        .setSum(10)
        .setCount(count)
        .setPositive(
            ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(offset)
                .addAllBucketCounts(List.of(counts)));
  }

  static Metric gauge(String name, String unit, NumberDataPoint... points) {
    return metric(name, unit)
        .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
        .build();
  }

  static Metric counter(String name, String unit, NumberDataPoint... points) {
    return sum(name, unit, true, CUMULATIVE, points);
  }

  static Metric sum(
      String name,
      String unit,
      boolean monotonic,
      AggregationTemporality temporality,
      NumberDataPoint... points) {
    return metric(name, unit)
        .setSum(
            Sum.newBuilder()
                .addAllDataPoints(List.of(points))
                .setIsMonotonic(monotonic)
                .setAggregationTemporality(temporality))
        .build();
  }

  static Metric histogram(
      String name, String unit, AggregationTemporality temporality, HistogramDataPoint... points) {
    return metric(name, unit)
        .setHistogram(
            Histogram.newBuilder()
                .addAllDataPoints(List.of(points))
                .setAggregationTemporality(temporality))
        .build();
  }

  static Metric exponential(
      String name,
      String unit,
      AggregationTemporality temporality,
      ExponentialHistogramDataPoint.Builder... points) {
    ExponentialHistogram.Builder data = ExponentialHistogram.newBuilder();
    for (ExponentialHistogramDataPoint.Builder point : points) {
      data.addDataPoints(point);
    }
    data.setAggregationTemporality(temporality);
    return metric(name, unit).setExponentialHistogram(data).build();
  }

  static Metric summary(String name, String unit, SummaryDataPoint... points) {
    return metric(name, unit)
        .setSummary(Summary.newBuilder().addAllDataPoints(List.of(points)))
        .build();
  }

  static Metric.Builder metric(String name, String unit) {
    return Metric.newBuilder().setName(name).setUnit(unit).setDescription("about " + name);
  }

  /** A request of one resource, with these attributes, and one scope without a name. */
  static ExportMetricsServiceRequest request(List<KeyValue> resource, Metric... metrics) {
    return request(resource, InstrumentationScope.getDefaultInstance(), metrics);
  }

  static ExportMetricsServiceRequest request(
      List<KeyValue> resource, InstrumentationScope scope, Metric... metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(resource))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder().setScope(scope).addAllMetrics(List.of(metrics))))
        .build();
  }

  static ExportMetricsServiceRequest request(Metric... metrics) {
    return request(List.of(), metrics);
  }

  static Batch batch(ExportMetricsServiceRequest... requests) {
    List<Telemetry> parts = new ArrayList<>();
    for (ExportMetricsServiceRequest request : requests) {
      parts.add(new Telemetry(Signal.METRICS, request.toByteArray(), points(request)));
    }
    return Batch.of(Signal.METRICS, parts);
  }

  private static int points(ExportMetricsServiceRequest request) {
    int points = 0;
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          points += metric.getGauge().getDataPointsCount();
          points += metric.getSum().getDataPointsCount();
          points += metric.getHistogram().getDataPointsCount();
          points += metric.getExponentialHistogram().getDataPointsCount();
          points += metric.getSummary().getDataPointsCount();
        }
      }
    }
    return points;
  }
}
