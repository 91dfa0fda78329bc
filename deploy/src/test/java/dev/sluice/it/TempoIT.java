package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace is found in Tempo by its id, with everything that its spans said. */
class TempoIT {
  private static final Comparator<SpanFacts> ORDER = Comparator.comparing(SpanFacts::spanId);

  @RegisterExtension final Products products = new Products();

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void findsTheTraceByItsIdWithEveryAttributeEventAndLink(String exporter) throws Exception {
    Tempo tempo = Backends.tempo();
    boolean grpc = exporter.equals("otlp_grpc");
    SluiceProcess sluice =
        products.start("full.yaml", FullConfig.of().tracesTo(tempo, grpc, !grpc).variables());
    ByteString traceId = Requests.id(16);
    ExportTraceServiceRequest sent = TraceSample.request(Requests.unique("tempo"), traceId);
    try (OtlpClient client =
        grpc ? OtlpClient.grpc(sluice.grpc()) : OtlpClient.http(sluice.http())) {
      client.deliver(sent);
    }
    TracesData found =
        Await.until(
            "the trace is in Tempo",
            Tempo.LIMIT,
            () -> tempo.trace(Requests.hex(traceId)),
            trace -> spans(trace.getResourceSpansList()).size() == 4);
    Map<String, Span> expected = spans(sent.getResourceSpansList());
    Map<String, Span> actual = spans(found.getResourceSpansList());
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((id, span) -> assertEquals(span, actual.get(id)));
    assertEquals(
        SpanFacts.of(TracesData.parseFrom(sent.toByteArray())).stream().sorted(ORDER).toList(),
        SpanFacts.of(found).stream().sorted(ORDER).toList());
    Evidence.show("Tempo by %s, trace %s:", exporter, Requests.hex(traceId));
    actual.values().forEach(TempoIT::show);
  }

  private static Map<String, Span> spans(List<ResourceSpans> resources) {
    Map<String, Span> spans = new TreeMap<>();
    for (ResourceSpans resource : resources) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          Span other = spans.put(Requests.hex(span.getSpanId()), span);
          assertNotEquals(span, other);
        }
      }
    }
    return spans;
  }

  private static void show(Span span) {
    Evidence.show(
        "  %s %s %s: %d events, %d links, %s",
        Requests.hex(span.getSpanId()),
        span.getName(),
        span.getStatus().getCode(),
        span.getEventsCount(),
        span.getLinksCount(),
        Values.of(span.getAttributesList()));
  }
}
