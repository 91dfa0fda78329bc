package dev.sluice.benchmarks.payload;

import static dev.sluice.benchmarks.payload.Attributes.bytes;
import static dev.sluice.benchmarks.payload.Attributes.choose;
import static dev.sluice.benchmarks.payload.Attributes.integer;
import static dev.sluice.benchmarks.payload.Attributes.text;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** Server spans of about 700 bytes; one in ten has failed, with an exception event. */
final class TracePayload {
  private static final List<String> SCOPES =
      List.of("opentelemetry.instrumentation.django", "opentelemetry.instrumentation.psycopg");
  private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

  private final Random random;
  private long id = Payloads.ID_BASE;

  TracePayload(Random random) {
    this.random = random;
  }

  ExportTraceServiceRequest request(int spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (Resource resource : Attributes.twoResources(random)) {
      ResourceSpans.Builder resourceSpans = ResourceSpans.newBuilder().setResource(resource);
      for (String scope : SCOPES) {
        resourceSpans.addScopeSpans(scopeSpans(scope, spans / 4));
      }
      request.addResourceSpans(resourceSpans);
    }
    return request.build();
  }

  private ScopeSpans scopeSpans(String scope, int spans) {
    ScopeSpans.Builder scopeSpans = ScopeSpans.newBuilder().setScope(Attributes.scope(scope));
    for (int i = 0; i < spans; i++) {
      scopeSpans.addSpans(span());
    }
    return scopeSpans.build();
  }

  private Span span() {
    String route = choose(random, Attributes.ROUTES);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(random, 16))
            .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, id++)))
            .setParentSpanId(bytes(random, 8))
            .setName("GET " + route)
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(Payloads.NOW_NANOS)
            .setEndTimeUnixNano(Payloads.NOW_NANOS);
    addAttributes(span, route);
    if (random.nextInt(10) == 0) {
      fail(span);
    }
    return span.build();
  }

  private void addAttributes(Span.Builder span, String route) {
    String path = route.replace("{id}", Integer.toString(random.nextInt(1_000_000)));
    String client = "10." + random.nextInt(256) + "." + random.nextInt(256);
    span.addAttributes(text("http.request.method", "GET"))
        .addAttributes(text("http.route", route))
        .addAttributes(text("url.path", path))
        .addAttributes(text("url.scheme", "https"))
        .addAttributes(
            integer("http.response.status_code", choose(random, List.of(200, 200, 200, 404, 500))))
        .addAttributes(text("server.address", "shop.example.com"))
        .addAttributes(integer("server.port", 443))
        .addAttributes(text("client.address", client + "." + random.nextInt(256)))
        .addAttributes(text("user_agent.original", AGENT))
        .addAttributes(integer("thread.id", random.nextInt(64)))
        .addAttributes(text("enduser.id", "u-" + Attributes.hex(random, 4)));
  }

  private static void fail(Span.Builder span) {
    span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
        .addEvents(
            Span.Event.newBuilder()
                .setName("exception")
                .setTimeUnixNano(Payloads.NOW_NANOS)
                .addAttributes(text("exception.type", "TimeoutError"))
                .addAttributes(text("exception.message", "upstream took too long"))
                .addAttributes(text("exception.stacktrace", "Traceback ...\n".repeat(8))));
  }
}
