package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asking what became of an item, through the API and the command line: three backends of one
 * pipeline, of which one takes all, one rejects one item, and one is down. At the end of each the
 * conservation law is checked (reliability test 42).
 */
class ExplainTest {
  private static final String GOOD = "0af7651916cd43dd8448eb211c80319c";
  private static final String BAD = "badbadbadbadbadbadbadbadbadbad00";
  private static final String NEVER = "11111111111111111111111111111111";
  private static final String CONFIG =
      """
      receivers: {otlp: {protocols: {grpc: , http: }}}
      exporters:
        otlp_http/takes: {endpoint: "http://127.0.0.1:%1$d/takes", compression: none}
        otlp_http/rejects: {endpoint: "http://127.0.0.1:%1$d/rejects", compression: none}
        otlp_http/down:
          endpoint: "http://127.0.0.1:%2$d"
          sending_queue: {queue_size: 1, sizer: requests}
          retry_on_failure: {initial_interval: 1h, max_interval: 1h}
        otlp_http/alone:
          endpoint: "http://127.0.0.1:%2$d"
          sending_queue: {queue_size: 1, sizer: requests}
          retry_on_failure: {initial_interval: 1h, max_interval: 1h}
      extensions: {health_check: }
      service:
        pipelines:
          traces: {receivers: [otlp], exporters: [otlp_http/takes, otlp_http/rejects, otlp_http/down]}
          logs: {receivers: [otlp], exporters: [otlp_http/alone]}
      """;

  @TempDir private Path folder;
  private HttpServer backend;

  @BeforeEach
  void startBackend() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    backend.createContext("/takes", exchange -> answer(exchange, 200));
    backend.createContext(
        "/rejects",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
          answer(exchange, body.contains("the bad span") ? 400 : 200);
        });
    backend.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @AfterEach
  void stopBackend() {
    backend.stop(0);
  }

  @Test
  void theDeliveredTheRejectedAndTheDroppedAreToldApart() throws Exception {
    try (RunningSluice sluice = start()) {
      send(sluice, spans(GOOD, "a span", BAD, "the bad span"));
      String good = await(sluice, "trace_id", GOOD, "otlp_http/rejects\":\"delivered");
      assertTrue(good.contains("\"traces > otlp_http/takes\":\"delivered\""), good);
      assertTrue(good.contains("\"traces > otlp_http/down\":\"held\""), good);

      String bad = await(sluice, "trace_id", BAD, "dead_lettered");
      assertTrue(bad.contains("\"fate\":\"lost\""), bad);
      assertTrue(bad.contains("\"traces > otlp_http/rejects\":\"lost\""), bad);
      assertTrue(bad.contains("\"traces > otlp_http/takes\":\"delivered\""), bad);
      assertTrue(bad.contains("\"rule\":\"rejected_by_backend\""), bad);
      String file = bad.replaceAll("(?s).*\"file\":\"([^\"]+)\".*", "$1");
      byte[] letter = Files.readAllBytes(folder.resolve("data/dead-letters").resolve(file));
      Span kept =
          ExportTraceServiceRequest.parseFrom(letter)
              .getResourceSpans(0)
              .getScopeSpans(0)
              .getSpans(0);
      assertEquals(ByteString.fromHex(BAD), kept.getTraceId());

      String never = explain(sluice, "trace_id", NEVER);
      assertTrue(never.contains("\"fate\":\"not_recorded\""), never);
      assertTrue(never.contains("\"complete\":true"), never);
    }
    // What could not be delivered in time was lost at the end; the next run still knows of it.
    try (RunningSluice next = start()) {
      String good = explain(next, "trace_id", GOOD);
      assertTrue(good.contains("\"rule\":\"shutdown\""), good);
      assertTrue(good.contains("\"fates\":{\"traces > otlp_http/down\":\"lost\"}"), good);
    }
  }

  @Test
  void whatFellBehindAndWhatWasRefusedSayWhy() throws Exception {
    try (RunningSluice sluice = start()) {
      send(sluice, spans(GOOD, "first"));
      await(sluice, "trace_id", GOOD, "attempt_failed");
      send(sluice, spans(NEVER, "second"));
      String told = await(sluice, "trace_id", GOOD, "overflow");
      assertTrue(told.contains("its share of the ring is full"), told);

      assertEquals(200, log(sluice, "the first line"));
      await(sluice, "log", "first line", "attempt_failed");
      assertEquals(503, log(sluice, "the refused line"));
      String refused = explain(sluice, "log", "refused line");
      assertTrue(refused.contains("\"fate\":\"refused\""), refused);
      assertTrue(refused.contains("every way out is full"), refused);
      assertTrue(refused.contains("\"subject\":\"the refused line\""), refused);
    }
  }

  @Test
  void theCommandLineTellsItAsAStory() throws Exception {
    try (RunningSluice sluice = start()) {
      send(sluice, spans(GOOD, "a span", BAD, "the bad span"));
      await(sluice, "trace_id", BAD, "dead_lettered");
      String story = ask(0, sluice, "trace-id", BAD);
      assertTrue(story.startsWith("trace " + BAD + ": "), story);
      for (String said :
          new String[] {
            "accepted by otlp into traces, in a request of 2 items",
            "lost by traces > otlp_http/rejects (rejected_by_backend):",
            "1 item and kept as the dead letter 2",
            "confirmed by the backend of traces > otlp_http/takes: 2 of the batch's 2 items",
            "What this rests on:",
            "all of them named",
            "samples   1 of the 1 requests of traces since "
          }) {
        assertTrue(story.contains(said), () -> said + " is not in " + story);
      }
      String never = ask(0, sluice, "trace-id", NEVER);
      assertTrue(never.contains("not sampled. Nothing of it is among the losses"), never);
      assertTrue(never.contains("traces > otlp_http/down holds "), never);
      assertTrue(ask(0, sluice, "--json", "trace-id", BAD).startsWith("{\"asked\":"));
      assertTrue(ask(1, sluice, "trace-id", "xyz").contains("32 hexadecimal digits"));
    }
  }

  @Test
  void theCommandLineSaysWhenNobodyAnswers() throws Exception {
    TestHost host = new TestHost();
    int port = FreePorts.find(1).getFirst();
    assertEquals(1, host.run("explain", "log", "x", "--endpoint=127.0.0.1:" + port));
    assertTrue(host.err().contains("--endpoint tells where"), host::err);
    assertEquals(2, new TestHost().run("explain", "log"));
    assertEquals(2, new TestHost().run("explain", "span", "x"));
  }

  @Test
  void theEmbeddedDefaultAnswersWhereItShowsRecentTelemetry() throws Exception {
    try (RunningSluice sluice = RunningSluice.start()) {
      send(sluice, spans(GOOD, "a span"));
      String told = await(sluice, "trace_id", GOOD, "\"fate\":\"delivered\"");
      assertTrue(told.contains("\"traces > recent\":\"delivered\""), told);
      String law = sluice.get(sluice.recent, "/api/conservation").body();
      assertTrue(law.startsWith("{\"verdict\":\"holds\""), law);
      assertEquals(400, sluice.get(sluice.recent, "/api/explain").statusCode());
      assertEquals(400, sluice.get(sluice.recent, "/api/explain?trace_id=1").statusCode());
      String both = "/api/explain?log=a&trace_id=" + GOOD;
      assertEquals(400, sluice.get(sluice.recent, both).statusCode());
    }
  }

  /** What the command prints, wherever; expecting its exit code. */
  private static String ask(int status, RunningSluice sluice, String... what) {
    TestHost host = new TestHost();
    String[] arguments = new String[what.length + 2];
    arguments[0] = "explain";
    System.arraycopy(what, 0, arguments, 1, what.length);
    arguments[what.length + 1] = "--endpoint=127.0.0.1:" + sluice.recent;
    assertEquals(status, host.run(arguments), host::err);
    return host.out() + host.err();
  }

  private RunningSluice start() throws Exception {
    int free = FreePorts.find(1).getFirst();
    String config = CONFIG.formatted(backend.getAddress().getPort(), free);
    return RunningSluice.start(
        "--config=" + Files.writeString(folder.resolve("sluice.yaml"), config),
        "--data-dir=" + folder.resolve("data"),
        "--shutdown-timeout=100ms");
  }

  private static String explain(RunningSluice sluice, String parameter, String value)
      throws Exception {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return sluice.get(sluice.recent, "/api/explain?" + parameter + "=" + encoded).body();
  }

  /** Asks until the answer has {@code text}; the time limit is the build's. */
  private static String await(RunningSluice sluice, String parameter, String value, String text)
      throws Exception {
    String told = explain(sluice, parameter, value);
    while (!told.contains(text)) {
      told = explain(sluice, parameter, value);
    }
    return told;
  }

  private static void send(RunningSluice sluice, byte[] request) throws Exception {
    assertEquals(200, sluice.post("/v1/traces", OtlpRequests.PROTOBUF, request).statusCode());
  }

  private static int log(RunningSluice sluice, String body) throws Exception {
    String request =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\""
            + body
            + "\"}}]}]}]}";
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    return sluice.post("/v1/logs", "application/json", bytes).statusCode();
  }

  /** A request of spans, given as trace id, name, trace id, name. */
  private static byte[] spans(String... idsAndNames) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < idsAndNames.length; i += 2) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.fromHex(idsAndNames[i]))
              .setSpanId(ByteString.fromHex("0102030405060708"))
              .setName(idsAndNames[i + 1]));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }
}
