package dev.sluice.exporters.debug;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
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
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;

/** Requests with every kind of field. */
final class DebugSamples {
  private static final long TIME = 1_581_452_772_000_000_000L;
  private static final ByteString TRACE_ID = hex("0102030405060708090a0b0c0d0e0f10");
  private static final ByteString SPAN_ID = hex("1112131415161718");

  private DebugSamples() {}

  static Batch span() {
    Span span =
        Span.newBuilder()
            .setTraceId(TRACE_ID)
            .setSpanId(SPAN_ID)
            .setName("GET /")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setTraceState("a=b")
            .setStartTimeUnixNano(TIME + 321)
            .setEndTimeUnixNano(TIME + 1_500_000_000)
            .setStatus(
                Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("boom"))
            .setDroppedAttributesCount(1)
            .setFlags(257)
            .addAttributes(pair("http.status_code", integer(500)))
            .addEvents(
                Span.Event.newBuilder()
                    .setName("retry")
                    .setTimeUnixNano(TIME)
                    .addAttributes(pair("last", AnyValue.newBuilder().setBoolValue(true).build())))
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(TRACE_ID)
                    .setSpanId(SPAN_ID)
                    .setDroppedAttributesCount(2))
            .build();
    ScopeSpans scope =
        ScopeSpans.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("tracer").setVersion("1.0"))
            .addSpans(span)
            .build();
    byte[] bytes =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setSchemaUrl("https://schema")
                    .setResource(resource())
                    .addScopeSpans(scope))
            .build()
            .toByteArray();
    return Batch.of(Signal.TRACES, List.of(new Telemetry(Signal.TRACES, bytes, 1)));
  }

  static ExportLogsServiceRequest logs() {
    AnyValue array =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(integer(1))
                    .addValues(AnyValue.newBuilder().setBoolValue(true))
                    .addValues(AnyValue.getDefaultInstance()))
            .build();
    AnyValue bytes =
        AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {1, 2})).build();
    AnyValue map =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder().addValues(pair("a", array)).addValues(pair("b", bytes)))
            .build();
    ScopeLogs scope =
        ScopeLogs.newBuilder()
            .addLogRecords(
                LogRecord.newBuilder()
                    .setBody(text("hello"))
                    .addAttributes(pair("code", integer(200))))
            .addLogRecords(
                LogRecord.newBuilder()
                    .setObservedTimeUnixNano(TIME)
                    .setSeverityText("warning")
                    .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2)
                    .setEventName("device.crash")
                    .setBody(map)
                    .setDroppedAttributesCount(3)
                    .setTraceId(TRACE_ID)
                    .setSpanId(SPAN_ID)
                    .setFlags(1))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
        .build();
  }

  static ExportMetricsServiceRequest metrics() {
    ScopeMetrics scope =
        ScopeMetrics.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("meter")
                    .setVersion("2")
                    .addAttributes(pair("kind", text("test"))))
            .addMetrics(gauge())
            .addMetrics(sum())
            .addMetrics(histogram())
            .addMetrics(exponential())
            .addMetrics(summary())
            .build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setSchemaUrl("https://schema")
                .setResource(resource())
                .addScopeMetrics(scope))
        .build();
  }

  private static Metric gauge() {
    NumberDataPoint first =
        NumberDataPoint.newBuilder()
            .addAttributes(pair("color", text("red")))
            .addAttributes(pair("n", integer(5)))
            .setTimeUnixNano(TIME)
            .setAsInt(7)
            .build();
    NumberDataPoint second =
        NumberDataPoint.newBuilder()
            .setAsDouble(0.5)
            .setFlags(1)
            .addExemplars(
                Exemplar.newBuilder()
                    .setTraceId(TRACE_ID)
                    .setSpanId(SPAN_ID)
                    .setTimeUnixNano(TIME)
                    .setAsDouble(15)
                    .addFilteredAttributes(pair("color", text("red"))))
            .build();
    return Metric.newBuilder()
        .setName("queue")
        .setDescription("how long")
        .setUnit("1")
        .setGauge(Gauge.newBuilder().addDataPoints(first).addDataPoints(second))
        .build();
  }

  private static Metric sum() {
    return Metric.newBuilder()
        .setName("sent")
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(NumberDataPoint.newBuilder().setAsDouble(1)))
        .build();
  }

  private static Metric histogram() {
    return Metric.newBuilder()
        .setName("latency")
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(
                    HistogramDataPoint.newBuilder()
                        .setCount(3)
                        .setSum(1.5)
                        .setMin(0.1)
                        .setMax(1)
                        .addAllExplicitBounds(List.of(0.5, 1.0))
                        .addAllBucketCounts(List.of(1L, 2L, 0L))))
        .build();
  }

  private static Metric exponential() {
    ExponentialHistogramDataPoint.Buckets negative =
        ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(1).build();
    ExponentialHistogramDataPoint.Buckets positive =
        ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(2).build();
    return Metric.newBuilder()
        .setName("native")
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .addDataPoints(
                    ExponentialHistogramDataPoint.newBuilder()
                        .setCount(4)
                        .setZeroCount(1)
                        .setNegative(negative)
                        .setPositive(positive)))
        .build();
  }

  private static Metric summary() {
    return Metric.newBuilder()
        .setName("old")
        .setSummary(
            Summary.newBuilder()
                .addDataPoints(
                    SummaryDataPoint.newBuilder()
                        .setCount(2)
                        .setSum(3)
                        .addQuantileValues(
                            SummaryDataPoint.ValueAtQuantile.newBuilder()
                                .setQuantile(0.5)
                                .setValue(1.5))))
        .build();
  }

  private static Resource resource() {
    return Resource.newBuilder().addAttributes(pair("service.name", text("shop"))).build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static AnyValue integer(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }

  private static ByteString hex(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
