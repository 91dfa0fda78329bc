package dev.sluice.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
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

/** Requests such as an application sends, always the same for the same arguments. */
public final class OtlpSamples {
  private static final long EPOCH_NANOS = 1_544_712_660_000_000_000L;

  private OtlpSamples() {}

  /**
   * One resource and scope with {@code count} items; a metric point is one of each kind in turn.
   */
  public static Telemetry of(Signal signal, int count) {
    return switch (signal) {
      case TRACES -> traces(count);
      case METRICS -> metrics(count);
      case LOGS -> logs(count);
    };
  }

  /** Server spans of about 800 bytes, with attributes, an event and a link. */
  public static Telemetry traces(int spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().setScope(scope());
    for (int i = 0; i < spans; i++) {
      scope.addSpans(span(i));
    }
    byte[] bytes =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(scope))
            .build()
            .toByteArray();
    return new Telemetry(Signal.TRACES, bytes, spans);
  }

  /** Log records with a text body, correlated with a trace. */
  public static Telemetry logs(int records) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder().setScope(scope());
    for (int i = 0; i < records; i++) {
      scope.addLogRecords(logRecord(i));
    }
    byte[] bytes =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(scope))
            .build()
            .toByteArray();
    return new Telemetry(Signal.LOGS, bytes, records);
  }

  /** Gauges, sums, histograms, exponential histograms and summaries of one point each, in turn. */
  public static Telemetry metrics(int points) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(scope());
    for (int i = 0; i < points; i++) {
      scope.addMetrics(metric(i));
    }
    byte[] bytes =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder().setResource(resource()).addScopeMetrics(scope))
            .build()
            .toByteArray();
    return new Telemetry(Signal.METRICS, bytes, points);
  }

  public static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  public static KeyValue attribute(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  public static Resource resource() {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", "checkout"))
        .addAttributes(attribute("service.namespace", "shop"))
        .addAttributes(attribute("service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09"))
        .addAttributes(attribute("host.name", "node-7"))
        .addAttributes(attribute("process.pid", 4711))
        .build();
  }

  public static InstrumentationScope scope() {
    return InstrumentationScope.newBuilder().setName("io.shop.http").setVersion("1.2.3").build();
  }

  public static Span span(int i) {
    return Span.newBuilder()
        .setTraceId(id(16, i / 10 + 1))
        .setSpanId(id(8, i + 1))
        .setParentSpanId(id(8, i / 10 + 7))
        .setTraceState("vendor=0af7651916cd43dd")
        .setFlags(257)
        .setName("POST /api/orders/{orderId}/items")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(EPOCH_NANOS + i * 1_000L)
        .setEndTimeUnixNano(EPOCH_NANOS + i * 1_000L + 12_345_678)
        .addAttributes(attribute("http.request.method", "POST"))
        .addAttributes(attribute("http.route", "/api/orders/{orderId}/items"))
        .addAttributes(attribute("url.path", "/api/orders/" + i + "/items"))
        .addAttributes(attribute("url.scheme", "https"))
        .addAttributes(attribute("http.response.status_code", 200 + i % 300))
        .addAttributes(attribute("server.address", "shop.example.com"))
        .addAttributes(attribute("client.address", "192.0.2." + i % 256))
        .addAttributes(attribute("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) Gecko"))
        .addAttributes(attribute("network.protocol.version", "1.1"))
        .addAttributes(attribute("thread.name", "http-nio-8080-exec-" + i % 10))
        .addAttributes(attribute("thread.id", i % 10))
        .addEvents(
            Span.Event.newBuilder()
                .setTimeUnixNano(EPOCH_NANOS + i)
                .setName("cache.miss")
                .addAttributes(attribute("cache.key", "order:" + i)))
        .addLinks(Span.Link.newBuilder().setTraceId(id(16, i + 3)).setSpanId(id(8, i + 4)))
        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
        .build();
  }

  public static LogRecord logRecord(int i) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(EPOCH_NANOS + i * 1_000L)
        .setObservedTimeUnixNano(EPOCH_NANOS + i * 1_000L + 500)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(AnyValue.newBuilder().setStringValue("Order " + i + " was placed in 12 ms: 주문 완료"))
        .addAttributes(attribute("log.logger", "io.shop.OrderService"))
        .addAttributes(attribute("thread.name", "http-nio-8080-exec-" + i % 10))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("tags")
                .setValue(
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setBoolValue(true))
                                .addValues(AnyValue.newBuilder().setDoubleValue(0.5)))))
        .setTraceId(id(16, i / 10 + 1))
        .setSpanId(id(8, i + 1))
        .setFlags(1)
        .build();
  }

  /** The {@code i}th metric: of the five kinds in turn, with one point. */
  public static Metric metric(int i) {
    Metric.Builder metric =
        Metric.newBuilder().setName("shop.metric." + i).setUnit("ms").setDescription("What it is.");
    return switch (i % 5) {
      case 0 -> metric.setGauge(Gauge.newBuilder().addDataPoints(numberPoint(i))).build();
      case 1 ->
          metric
              .setSum(
                  Sum.newBuilder()
                      .setIsMonotonic(true)
                      .setAggregationTemporality(cumulative())
                      .addDataPoints(numberPoint(i)))
              .build();
      case 2 ->
          metric
              .setHistogram(
                  Histogram.newBuilder()
                      .setAggregationTemporality(cumulative())
                      .addDataPoints(histogramPoint(i)))
              .build();
      case 3 ->
          metric
              .setExponentialHistogram(
                  ExponentialHistogram.newBuilder()
                      .setAggregationTemporality(cumulative())
                      .addDataPoints(exponentialPoint(i)))
              .build();
      default -> metric.setSummary(Summary.newBuilder().addDataPoints(summaryPoint(i))).build();
    };
  }

  private static AggregationTemporality cumulative() {
    return AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  }

  private static NumberDataPoint numberPoint(int i) {
    return NumberDataPoint.newBuilder()
        .addAttributes(attribute("http.route", "/api/orders"))
        .setStartTimeUnixNano(EPOCH_NANOS)
        .setTimeUnixNano(EPOCH_NANOS + i)
        .setAsInt(i)
        .addExemplars(
            Exemplar.newBuilder()
                .setTimeUnixNano(EPOCH_NANOS)
                .setAsDouble(0.25)
                .setTraceId(id(16, 5))
                .setSpanId(id(8, 6)))
        .build();
  }

  private static HistogramDataPoint histogramPoint(int i) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAttributes(attribute("http.route", "/api/orders"))
            .setStartTimeUnixNano(EPOCH_NANOS)
            .setTimeUnixNano(EPOCH_NANOS + i)
            .setCount(11)
            .setSum(123.5)
            .setMin(0.5)
            .setMax(80);
    for (int bound = 0; bound < 10; bound++) {
      point.addExplicitBounds(5 << bound).addBucketCounts(1);
    }
    return point.addBucketCounts(1).build();
  }

  private static ExponentialHistogramDataPoint exponentialPoint(int i) {
    return ExponentialHistogramDataPoint.newBuilder()
        .addAttributes(attribute("http.route", "/api/orders"))
        .setStartTimeUnixNano(EPOCH_NANOS)
        .setTimeUnixNano(EPOCH_NANOS + i)
        .setCount(310)
        .setSum(12.5)
        .setScale(-3)
        .setZeroCount(3)
        .setZeroThreshold(1e-6)
        .setPositive(
            ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(-2)
                .addBucketCounts(300)
                .addBucketCounts(4))
        .setNegative(ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(3))
        .build();
  }

  private static SummaryDataPoint summaryPoint(int i) {
    return SummaryDataPoint.newBuilder()
        .setTimeUnixNano(EPOCH_NANOS + i)
        .setCount(9)
        .setSum(90.5)
        .addQuantileValues(
            SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(17))
        .build();
  }

  private static ByteString id(int length, int number) {
    byte[] id = new byte[length];
    for (int i = 0; i < length; i++) {
      id[i] = (byte) (number * 31 + i * 7);
    }
    id[0] = (byte) 0xa5;
    return ByteString.copyFrom(id);
  }
}
