package dev.sluice.training;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;

/**
 * Spans and log records as services send them. Each request has another time and other ids.
 *
 * @param nanos the time of its items
 * @param number of the request
 */
record Samples(long nanos, int number) {
  private static final int ITEMS = 100;

  byte[] request(Signal signal) {
    return switch (signal) {
      case TRACES -> traces();
      case METRICS -> new MetricSamples(nanos, resource(), scope()).request();
      case LOGS -> logs();
    };
  }

  private byte[] traces() {
    ScopeSpans.Builder spans = ScopeSpans.newBuilder().setScope(scope());
    for (int i = 0; i < ITEMS; i++) {
      spans.addSpans(span(i));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(spans))
        .build()
        .toByteArray();
  }

  private Span span(int i) {
    return Span.newBuilder()
        .setTraceId(traceId(i / 8))
        .setSpanId(spanId(i))
        .setParentSpanId(spanId(i / 8))
        .setName(i % 2 == 0 ? "GET /cart/{id}" : "SELECT orders")
        .setKind(i % 2 == 0 ? Span.SpanKind.SPAN_KIND_SERVER : Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(nanos + i)
        .setEndTimeUnixNano(nanos + i + 1_000_000)
        .addAttributes(text("http.request.method", "GET"))
        .addAttributes(text("url.path", "/cart/" + i))
        .addAttributes(number("http.response.status_code", 200))
        .addEvents(Span.Event.newBuilder().setTimeUnixNano(nanos + i).setName("cache miss"))
        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
        .build();
  }

  private byte[] logs() {
    ScopeLogs.Builder records = ScopeLogs.newBuilder().setScope(scope());
    for (int i = 0; i < ITEMS; i++) {
      records.addLogRecords(logRecord(i));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(records))
        .build()
        .toByteArray();
  }

  private LogRecord logRecord(int i) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos + i)
        .setObservedTimeUnixNano(nanos + i)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(AnyValue.newBuilder().setStringValue("order " + i + " \"paid\" by card, 3 items"))
        .addAttributes(text("thread.name", "worker-" + i % 4))
        .addAttributes(number("order.id", i))
        .setTraceId(traceId(i / 8))
        .setSpanId(spanId(i))
        .build();
  }

  private Resource resource() {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "shop-" + number % 4))
        .addAttributes(text("service.namespace", "training"))
        .addAttributes(text("service.instance.id", "instance-" + number % 16))
        .addAttributes(text("host.name", "node-" + number % 4))
        .addAttributes(text("k8s.pod.name", "shop-" + number % 16))
        .build();
  }

  private static InstrumentationScope scope() {
    return InstrumentationScope.newBuilder().setName("dev.sluice.training").setVersion("1").build();
  }

  private ByteString traceId(int i) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(nanos).putLong(i + 1).flip());
  }

  private ByteString spanId(int i) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(nanos + i).flip());
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
