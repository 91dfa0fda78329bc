package dev.sluice.it;

import static dev.sluice.it.Requests.attribute;
import static dev.sluice.it.Requests.map;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs by the push API, and what LogQL finds. */
class LokiIT {
  @RegisterExtension final Products products = new Products();

  private final long nanos = Requests.nanos(Instant.now());
  private final ByteString traceId = Requests.id(16);
  private final ByteString spanId = Requests.id(8);
  private final String service = Requests.unique("logs");

  @Test
  void findsLinesByLogQlWithLabelsMetadataAndNanoseconds() {
    Loki loki = Backends.loki();
    SluiceProcess sluice = products.start("full.yaml", FullConfig.of().logsTo(loki).variables());
    try (OtlpClient client = OtlpClient.grpc(sluice.grpc())) {
      client.deliver(request());
    }
    String selector = "{service_name=\"" + service + "\",k8s_pod_name=\"cart-0\"}";
    List<Loki.Line> lines =
        Await.until(
            "two lines in Loki",
            Loki.LIMIT,
            () -> loki.lines(selector, 10),
            found -> found.size() == 2);
    lines.forEach(line -> Evidence.show("LogQL %s: %s", selector, line));
    checkFirst(ofNanos(nanos, lines));
    assertEquals(
        Json.parse("{\"message\":\"paid\",\"amount\":12}"),
        Json.parse(ofNanos(nanos + 1, lines).text()));
    String byMetadata = selector + " | trace_id=\"" + Requests.hex(traceId) + "\"";
    assertEquals(List.of(ofNanos(nanos, lines)), loki.lines(byMetadata, 10));
    Evidence.show("LogQL %s finds the first line alone", byMetadata);
  }

  private ExportLogsServiceRequest request() {
    LogRecord plain =
        LogSample.record(nanos, "cart is empty, Grüße 🌍")
            .setTraceId(traceId)
            .setSpanId(spanId)
            .setFlags(1)
            .build();
    LogRecord structured =
        LogSample.record(nanos + 1, "")
            .setBody(map(attribute("message", "paid"), attribute("amount", 12)))
            .build();
    return LogSample.request(
        Requests.resource(
            service,
            attribute("deployment.environment.name", "test"),
            attribute("k8s.pod.name", "cart-0"),
            attribute("host.name", "node-7")),
        List.of(plain, structured));
  }

  private void checkFirst(Loki.Line line) {
    assertEquals("cart is empty, Grüße 🌍", line.text());
    assertEquals(
        Map.of(
            "service_name", service,
            "service_namespace", "it",
            "service_instance_id", "it-1",
            "deployment_environment_name", "test",
            "k8s_pod_name", "cart-0"),
        line.labels());
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("host_name", "node-7"),
            Map.entry("http_route", "/cart"),
            Map.entry("attempt", "3"),
            Map.entry("trace_id", Requests.hex(traceId)),
            Map.entry("span_id", Requests.hex(spanId)),
            Map.entry("flags", "1"),
            Map.entry("severity_text", "WARN"),
            Map.entry("severity_number", "13"),
            Map.entry("observed_timestamp", Long.toString(nanos + 1_000)),
            Map.entry("scope_name", "it.raw"),
            Map.entry("scope_version", "1.0"),
            Map.entry("detected_level", "warn")); // Loki's own
    assertEquals(expected, line.metadata());
  }

  private static Loki.Line ofNanos(long nanos, List<Loki.Line> lines) {
    return lines.stream().filter(line -> line.epochNanos() == nanos).findFirst().orElseThrow();
  }
}
