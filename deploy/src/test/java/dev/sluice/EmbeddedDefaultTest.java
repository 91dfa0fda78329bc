package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Without a configuration: what comes in over OTLP is shown, and told about. */
class EmbeddedDefaultTest {
  private static final String LOGS =
      """
      {"resourceLogs":[{"scopeLogs":[{"logRecords":[
        {"timeUnixNano":"1700000000000000001","body":{"stringValue":"hello"}},
        {"timeUnixNano":"1700000000000000002","body":{"stringValue":"world"}}]}]}]}
      """;

  @Test
  void whatComesInIsShownNewestLast() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      assertEquals(
          200,
          sluice
              .post("/v1/traces", OtlpRequests.PROTOBUF, OtlpRequests.span("first"))
              .statusCode());
      assertEquals(
          200,
          sluice
              .post("/v1/traces", OtlpRequests.PROTOBUF, OtlpRequests.span("second"))
              .statusCode());
      String shown = await(sluice, "/api/recent/traces", "second");
      assertTrue(shown.indexOf("\"first\"") < shown.indexOf("\"second\""), shown);
      assertTrue(shown.startsWith("{\"resourceSpans\":["), shown);

      String limited = sluice.get(sluice.recent, "/api/recent/traces?limit=1").body();
      assertTrue(!limited.contains("\"first\"") && limited.contains("\"second\""), limited);
    }
  }

  @Test
  void jsonComesInAndOut() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      HttpResponse<String> answer =
          sluice.post("/v1/logs", "application/json", LOGS.getBytes(UTF_8));
      assertEquals(200, answer.statusCode(), answer::body);
      String shown = await(sluice, "/api/recent/logs", "world");
      assertTrue(shown.contains("\"1700000000000000002\""), shown);

      String last = sluice.get(sluice.recent, "/api/recent/logs?limit=1").body();
      assertTrue(!last.contains("hello") && last.contains("world"), last);
      assertEquals("{}\n", sluice.get(sluice.recent, "/api/recent/metrics").body());
    }
  }

  @Test
  void anUnknownPageIsJson404AndWritingIs405() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      for (String path : new String[] {"/", "/api/recent/spans", "/api/recent/traces/"}) {
        HttpResponse<String> answer = sluice.get(sluice.recent, path);
        assertEquals(404, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("content-type").orElse(""));
      }
      assertEquals(400, sluice.get(sluice.recent, "/api/recent/logs?limit=many").statusCode());
    }
  }

  @Test
  void healthReadinessAndDeliveryAreTold() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      sluice.post("/v1/traces", OtlpRequests.PROTOBUF, OtlpRequests.span("one"));
      await(sluice, "/api/recent/traces", "one");

      String alive = sluice.get(sluice.health, "/").body();
      assertTrue(
          alive.matches(
              "\\{\"status\":\"Server available\",\"upSince\":\"[^\"]+Z\",\"uptime\":\"[^\"]+s\"}\n"),
          alive);
      assertEquals(200, sluice.get(sluice.health, "/ready").statusCode());
      String status = sluice.get(sluice.health, "/status").body();
      assertTrue(
          status.contains(
              "\"items\":{\"accepted\":1,\"resumed\":0,\"delivered\":1,\"held\":0,\"on_disk\":0,"
                  + "\"dead_lettered\":0,\"dropped\":{},\"unaccounted\":0}"),
          status);
      assertTrue(status.contains("\"last_success\":\"20"), status);
      assertEquals(0, new TestHost().run("health", "--endpoint=localhost:" + sluice.health));
    }
  }

  @Test
  void selfMetricsHaveTheCollectorsNames() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      sluice.post("/v1/traces", OtlpRequests.PROTOBUF, OtlpRequests.span("one"));
      await(sluice, "/api/recent/traces", "one");
      String metrics = sluice.get(sluice.metrics, "/metrics").body();
      for (String line :
          new String[] {
            "otelcol_receiver_accepted_spans\\{receiver=\"otlp\",.*,transport=\"http\"} 1\\.0",
            "otelcol_exporter_sent_spans\\{exporter=\"recent\",pipeline=\"traces\",.*} 1\\.0",
            "otelcol_exporter_queue_size\\{data_type=\"traces\",exporter=\"recent\",.*} 0\\.0",
            "otelcol_exporter_queue_capacity\\{data_type=\"traces\",exporter=\"recent\",.*} .*",
            "otelcol_process_uptime\\{.*service_name=\"sluice\".*} .*",
            "otelcol_process_cpu_seconds\\{.*} .*",
            "otelcol_process_runtime_heap_alloc_bytes\\{.*} .*"
          }) {
        assertTrue(Pattern.compile("(?m)^" + line + "$").matcher(metrics).find(), metrics);
      }
      assertEquals(404, sluice.get(sluice.metrics, "/").statusCode());
    }
  }

  @Test
  void theStartSaysWhereToSendAndWhereToLook() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      String out = sluice.host.out();
      assertTrue(out.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317"), out);
      assertTrue(out.contains("http://127.0.0.1:4319/api/recent/traces"), out);
      assertEquals("", sluice.host.err());
    }
  }

  /** Waits until a page of the store shows {@code text}; the time limit is the build's. */
  private static String await(RunningSluice sluice, String path, String text) throws Exception {
    String shown = "";
    while (!shown.contains(text)) {
      shown = sluice.get(sluice.recent, path).body();
    }
    return shown;
  }
}
