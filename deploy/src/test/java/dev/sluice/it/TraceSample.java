package dev.sluice.it;

import static dev.sluice.it.Requests.array;
import static dev.sluice.it.Requests.attribute;
import static dev.sluice.it.Requests.bool;
import static dev.sluice.it.Requests.bytes;
import static dev.sluice.it.Requests.decimal;
import static dev.sluice.it.Requests.id;
import static dev.sluice.it.Requests.map;
import static dev.sluice.it.Requests.nanos;
import static dev.sluice.it.Requests.number;
import static dev.sluice.it.Requests.text;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;

/** A trace that uses everything that a span can say. */
final class TraceSample {
  private TraceSample() {}

  /** Two services, four spans, one trace. */
  static ExportTraceServiceRequest request(String service, ByteString traceId) {
    long now = nanos(Instant.now());
    Span root = root(traceId, now);
    Span child = child(traceId, root.getSpanId(), now, Span.SpanKind.SPAN_KIND_CLIENT);
    Span far = child(traceId, child.getSpanId(), now, Span.SpanKind.SPAN_KIND_SERVER);
    Span last = child(traceId, far.getSpanId(), now, Span.SpanKind.SPAN_KIND_PRODUCER);
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Requests.resource(
                        service,
                        attribute("host.name", "node-7"),
                        attribute("process.command_args", array(text("java"), text("-jar")))))
                .addScopeSpans(scope("it.raw", "1.0", root, child)))
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Requests.resource(service + "-far"))
                .addScopeSpans(scope("it.raw", "1.0", far))
                .addScopeSpans(scope("it.other", "", last)))
        .build();
  }

  private static ScopeSpans scope(String name, String version, Span... spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    scope.setScope(
        InstrumentationScope.newBuilder()
            .setName(name)
            .setVersion(version)
            .addAttributes(attribute("scope.note", "a scope has attributes too")));
    for (Span span : spans) {
      scope.addSpans(span);
    }
    return scope.build();
  }

  private static Span root(ByteString traceId, long now) {
    return Span.newBuilder()
        .setTraceId(traceId)
        .setSpanId(id(8))
        .setTraceState("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")
        .setFlags(0x101)
        .setName("POST /orders/{id}")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(now - 25_000_001)
        .setEndTimeUnixNano(now)
        .addAllAttributes(attributes())
        .setDroppedAttributesCount(3)
        .addAllEvents(events(now))
        .setDroppedEventsCount(2)
        .addAllLinks(links(traceId))
        .setDroppedLinksCount(4)
        .setStatus(
            Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("no stock"))
        .build();
  }

  private static List<KeyValue> attributes() {
    return List.of(
        attribute("a.string", "Grüße, 世界 🌍"),
        attribute("a.empty", ""),
        attribute("a.bool", bool(true)),
        attribute("a.int", number(9_007_199_254_740_993L)),
        attribute("a.int.least", number(Long.MIN_VALUE)),
        attribute("a.double", decimal(0.1)),
        attribute("a.bytes", bytes(0, 1, 254, 255)),
        attribute("a.array", array(text("x"), number(1), bool(false))),
        attribute("a.map", map(attribute("k", "v"), attribute("in", map(attribute("n", 1))))));
  }

  private static List<Span.Event> events(long now) {
    return List.of(
        Span.Event.newBuilder()
            .setName("exception")
            .setTimeUnixNano(now - 1_003)
            .addAttributes(attribute("exception.type", "IllegalStateException"))
            .addAttributes(attribute("exception.stacktrace", "at a.B.c(B.java:1)\n".repeat(50)))
            .build(),
        Span.Event.newBuilder()
            .setName("message")
            .setTimeUnixNano(now - 1_001)
            .addAttributes(attribute("message.id", 7))
            .setDroppedAttributesCount(1)
            .build());
  }

  private static List<Span.Link> links(ByteString traceId) {
    return List.of(
        Span.Link.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setTraceState("rojo=1")
            .setFlags(1)
            .addAttributes(attribute("link.reason", "batch"))
            .build(),
        Span.Link.newBuilder().setTraceId(traceId).setSpanId(id(8)).build());
  }

  private static Span child(ByteString traceId, ByteString parent, long now, Span.SpanKind kind) {
    return Span.newBuilder()
        .setTraceId(traceId)
        .setSpanId(id(8))
        .setParentSpanId(parent)
        .setName("a child of kind " + kind.getNumber())
        .setKind(kind)
        .setStartTimeUnixNano(now - 20_000_000)
        .setEndTimeUnixNano(now - 10_000_000)
        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
        .build();
  }
}
