package dev.sluice.it;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Metrics as messages, each with its points. */
final class Points {
  private Points() {}

  static ExportMetricsServiceRequest request(Resource resource, List<Metric> metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope(metrics)))
        .build();
  }

  static ScopeMetrics scope(List<Metric> metrics) {
    return ScopeMetrics.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName("it.raw").setVersion("1.0"))
        .addAllMetrics(metrics)
        .build();
  }

  static Metric gauge(String name, String unit, NumberDataPoint... points) {
    return Metric.newBuilder()
        .setName(name)
        .setUnit(unit)
        .setDescription("what " + name + " is")
        .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
        .build();
  }

  /** A cumulative sum. */
  static Metric sum(String name, String unit, boolean monotonic, NumberDataPoint... points) {
    return sum(
        name, unit, monotonic, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE, points);
  }

  /** A monotonic delta sum. */
  static Metric delta(String name, String unit, NumberDataPoint... points) {
    return sum(name, unit, true, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA, points);
  }

  private static Metric sum(
      String name,
      String unit,
      boolean monotonic,
      AggregationTemporality temporality,
      NumberDataPoint... points) {
    return Metric.newBuilder()
        .setName(name)
        .setUnit(unit)
        .setDescription("what " + name + " is")
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(monotonic)
                .setAggregationTemporality(temporality)
                .addAllDataPoints(List.of(points)))
        .build();
  }

  static NumberDataPoint point(long nanos, double value, KeyValue... attributes) {
    return number(nanos, attributes).setAsDouble(value).build();
  }

  static NumberDataPoint point(long nanos, long value, KeyValue... attributes) {
    return number(nanos, attributes).setAsInt(value).build();
  }

  /** A point of a delta: of the time since {@code startNanos}. */
  static NumberDataPoint point(long startNanos, long nanos, long value) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(startNanos)
        .setTimeUnixNano(nanos)
        .setAsInt(value)
        .build();
  }

  static NumberDataPoint.Builder number(long nanos, KeyValue... attributes) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos - 60_000_000_000L)
        .setTimeUnixNano(nanos)
        .addAllAttributes(List.of(attributes));
  }

  static Exemplar exemplar(long nanos, double value, ByteString traceId, ByteString spanId) {
    return Exemplar.newBuilder()
        .setTimeUnixNano(nanos)
        .setAsDouble(value)
        .setTraceId(traceId)
        .setSpanId(spanId)
        .addFilteredAttributes(Requests.attribute("sampled.by", "it"))
        .build();
  }
}
