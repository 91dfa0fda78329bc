package dev.sluice.it;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a span says, the same whether it came as OTLP/JSON or as protobuf. Ids are hex; kinds and
 * codes are the proto's numbers.
 */
record SpanFacts(
    Map<String, String> resource,
    String scope,
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    int kind,
    long startNanos,
    long endNanos,
    int statusCode,
    String statusMessage,
    Map<String, String> attributes,
    List<Event> events,
    List<Link> links) {
  /** A span event. */
  record Event(String name, long nanos, Map<String, String> attributes) {}

  /** A span link. */
  record Link(String traceId, String spanId, Map<String, String> attributes) {}

  /** The spans of a request in protobuf. */
  static List<SpanFacts> of(TracesData traces) {
    List<SpanFacts> all = new ArrayList<>();
    for (ResourceSpans resource : traces.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> all.add(of(resource, scope, span)));
      }
    }
    return all;
  }

  private static SpanFacts of(ResourceSpans resource, ScopeSpans scope, Span span) {
    return new SpanFacts(
        Values.of(resource.getResource().getAttributesList()),
        scope.getScope().getName() + "@" + scope.getScope().getVersion(),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getKindValue(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue(),
        span.getStatus().getMessage(),
        Values.of(span.getAttributesList()),
        span.getEventsList().stream().map(SpanFacts::event).toList(),
        span.getLinksList().stream().map(SpanFacts::link).toList());
  }

  private static Event event(Span.Event event) {
    return new Event(
        event.getName(), event.getTimeUnixNano(), Values.of(event.getAttributesList()));
  }

  private static Link link(Span.Link link) {
    return new Link(
        hex(link.getTraceId()), hex(link.getSpanId()), Values.of(link.getAttributesList()));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** The spans of a request in OTLP/JSON. */
  static List<SpanFacts> of(Json traces) {
    List<SpanFacts> all = new ArrayList<>();
    for (Json resource : traces.get("resourceSpans").items()) {
      for (Json scope : resource.get("scopeSpans").items()) {
        scope.get("spans").items().forEach(span -> all.add(of(resource, scope, span)));
      }
    }
    return all;
  }

  private static SpanFacts of(Json resource, Json scope, Json span) {
    return new SpanFacts(
        Values.of(resource.get("resource").get("attributes")),
        scope.get("scope").get("name").text() + "@" + scope.get("scope").get("version").text(),
        span.get("traceId").text(),
        span.get("spanId").text(),
        span.get("parentSpanId").text(),
        span.get("name").text(),
        (int) span.get("kind").number(),
        span.get("startTimeUnixNano").number(),
        span.get("endTimeUnixNano").number(),
        (int) span.get("status").get("code").number(),
        span.get("status").get("message").text(),
        Values.of(span.get("attributes")),
        span.get("events").items().stream().map(SpanFacts::event).toList(),
        span.get("links").items().stream().map(SpanFacts::link).toList());
  }

  private static Event event(Json event) {
    return new Event(
        event.get("name").text(),
        event.get("timeUnixNano").number(),
        Values.of(event.get("attributes")));
  }

  private static Link link(Json link) {
    return new Link(
        link.get("traceId").text(), link.get("spanId").text(), Values.of(link.get("attributes")));
  }
}
