package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every {@link Sdk} sends, and whether it arrived: a trace of two spans with every kind of
 * attribute, events and a link; a metric of every kind of instrument; two log records.
 *
 * @param service the {@code service.name} it was sent under
 * @param traceId as the SDK told it
 */
record SdkSample(String service, String traceId) {
  static final String LINKED_TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String LINKED_SPAN = "b7ad6b7169203331";

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "it.string", "\"grüße €\"",
          "it.bool", "true",
          "it.int", "4294967297",
          "it.double", "0.1",
          "it.strings", "[\"a\", \"b\"]",
          "it.bools", "[true, false]",
          "it.ints", "[1, 2]",
          "it.doubles", "[0.5, 1.5]");
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int ERROR = 2;

  /** Checks the store of recent telemetry of a product. */
  void isRecentIn(SluiceProcess sluice) {
    checkTrace(
        Await.until(
            "both spans are in the recent store",
            LIMIT,
            () -> ours(SpanFacts.of(sluice.recent("traces"))),
            spans -> spans.size() == 2));
    Map<String, Json> metrics =
        Await.until(
            "six metrics are in the recent store",
            LIMIT,
            () -> metrics(sluice.recent("metrics")),
            found -> found.size() == 6);
    checkMetrics(metrics);
    checkLogs(
        Await.until(
            "both log records are in the recent store",
            LIMIT,
            () -> logs(sluice.recent("logs")),
            records -> records.size() == 2));
    Evidence.show("recent store of %s: trace %s, 6 metrics, 2 logs", service, traceId);
  }

  /** Checks Tempo. */
  void isIn(Tempo tempo) {
    checkTrace(
        Await.until(
            "trace " + traceId + " with both spans is in Tempo",
            Tempo.LIMIT,
            () -> spans(tempo),
            spans -> spans.size() == 2));
    Evidence.show("Tempo has trace %s of %s: 2 spans", traceId, service);
  }

  private List<SpanFacts> spans(Tempo tempo) throws InvalidProtocolBufferException {
    return ours(SpanFacts.of(tempo.trace(traceId)));
  }

  /** Checks Prometheus. */
  void isIn(Prometheus prometheus) {
    String job = "{job=\"it/" + service + "\"";
    prometheus.expect("it_orders_total" + job + ",instance=\"it-1\",route=\"/cart\"}", 7);
    prometheus.expect("it_queue" + job + "}", -3);
    prometheus.expect("it_temperature_celsius" + job + "}", 21.5);
    prometheus.expect("it_cpu_seconds_total" + job + "}", 12.5);
    prometheus.expect("it_latency_milliseconds_count" + job + "}", 3);
    prometheus.expect("it_latency_milliseconds_sum" + job + "}", 40);
    prometheus.expect("it_latency_milliseconds_bucket" + job + ",le=\"10\"}", 2);
    prometheus.expect("histogram_count(it_size_bytes" + job + "})", 4);
    prometheus.expect("histogram_sum(it_size_bytes" + job + "})", 15);
    prometheus.expect("target_info" + job + ",deployment_environment_name=\"test\"}", 1);
  }

  /** Checks Loki. */
  void isIn(Loki loki) {
    List<Loki.Line> lines =
        Await.until(
            "two lines are in Loki",
            Loki.LIMIT,
            () -> loki.lines("{service_name=\"" + service + "\"}", 100),
            found -> found.size() == 2);
    for (Loki.Line line : lines) {
      assertEquals("it", line.labels().get("service_namespace"));
      assertEquals(traceId, line.metadata().get("trace_id"));
    }
    assertEquals(
        List.of("order placed", "payment failed"),
        lines.stream().map(Loki.Line::text).sorted().toList());
    Evidence.show("Loki has %s: %s", service, lines);
  }

  private List<SpanFacts> ours(List<SpanFacts> spans) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).distinct().toList();
  }

  private void checkTrace(List<SpanFacts> spans) {
    SpanFacts server = named("checkout", spans);
    assertEquals("\"" + service + "\"", server.resource().get("service.name"));
    assertEquals("it.sdk@1.2.3", server.scope());
    assertEquals(SERVER, server.kind());
    assertEquals(new TreeMap<>(ATTRIBUTES), server.attributes());
    assertEquals(ERROR, server.statusCode());
    assertEquals("out of stock", server.statusMessage());
    assertTrue(server.endNanos() >= server.startNanos() && server.startNanos() > 0);
    assertEquals(2, server.events().size());
    assertEquals("cache.miss", server.events().get(0).name());
    assertEquals(Map.of("key", "\"user:1\""), server.events().get(0).attributes());
    assertEquals("retry", server.events().get(1).name());
    assertEquals(Map.of("attempt", "2"), server.events().get(1).attributes());
    assertEquals(
        List.of(new SpanFacts.Link(LINKED_TRACE, LINKED_SPAN, Map.of("link.kind", "\"follows\""))),
        server.links());
    SpanFacts client = named("SELECT items", spans);
    assertEquals(CLIENT, client.kind());
    assertEquals(server.spanId(), client.parentSpanId());
  }

  private static SpanFacts named(String name, List<SpanFacts> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** Our metrics by name; the newest of a name stays. */
  private Map<String, Json> metrics(Json request) {
    Map<String, Json> metrics = new TreeMap<>();
    for (Json resource : request.get("resourceMetrics").items()) {
      if (isOurs(resource)) {
        for (Json scope : resource.get("scopeMetrics").items()) {
          put(scope.get("metrics").items(), metrics);
        }
      }
    }
    return metrics;
  }

  /** An SDK tells about itself too; that is not the sample. */
  private static void put(List<Json> found, Map<String, Json> metrics) {
    found.stream()
        .filter(metric -> metric.get("name").text().startsWith("it."))
        .forEach(metric -> metrics.put(metric.get("name").text(), metric));
  }

  private List<Json> logs(Json request) {
    return request.get("resourceLogs").items().stream()
        .filter(this::isOurs)
        .flatMap(resource -> resource.get("scopeLogs").items().stream())
        .flatMap(scope -> scope.get("logRecords").items().stream())
        .toList();
  }

  private boolean isOurs(Json resource) {
    String name = Values.of(resource.get("resource").get("attributes")).get("service.name");
    return ("\"" + service + "\"").equals(name);
  }

  private static void checkMetrics(Map<String, Json> metrics) {
    Json orders = metrics.get("it.orders").get("sum");
    assertEquals("true", orders.get("isMonotonic").text());
    assertEquals(2, orders.get("aggregationTemporality").number());
    assertEquals(7, orders.get("dataPoints").get(0).get("asInt").number());
    assertEquals(
        Map.of("route", "\"/cart\""), Values.of(orders.get("dataPoints").get(0).get("attributes")));
    assertEquals(
        -3, metrics.get("it.queue").get("sum").get("dataPoints").get(0).get("asInt").number());
    assertEquals(21.5, value(metrics.get("it.temperature").get("gauge")));
    assertEquals(12.5, value(metrics.get("it.cpu").get("sum")));
    Json latency = metrics.get("it.latency").get("histogram").get("dataPoints").get(0);
    assertEquals(3, latency.get("count").number());
    assertEquals(40, latency.get("sum").decimal());
    assertEquals(
        List.of(1L, 1L, 0L, 1L),
        latency.get("bucketCounts").items().stream().map(Json::number).toList());
    Json size = metrics.get("it.size").get("exponentialHistogram").get("dataPoints").get(0);
    assertEquals(4, size.get("count").number());
    assertEquals(15, size.get("sum").decimal());
  }

  private static double value(Json metric) {
    return metric.get("dataPoints").get(0).get("asDouble").decimal();
  }

  private void checkLogs(List<Json> records) {
    Json info = records.get(0);
    assertEquals("\"order placed\"", Values.value(info.get("body")));
    assertEquals(9, info.get("severityNumber").number());
    assertEquals(Map.of("order.id", "42"), Values.of(info.get("attributes")));
    assertEquals(traceId, info.get("traceId").text());
    Json error = records.get(1);
    assertEquals("\"payment failed\"", Values.value(error.get("body")));
    assertEquals(17, error.get("severityNumber").number());
    assertEquals("ERROR", error.get("severityText").text());
  }
}
