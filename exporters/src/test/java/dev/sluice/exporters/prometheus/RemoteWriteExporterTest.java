package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.ExporterContract;
import dev.sluice.exporters.HttpPeer;
import dev.sluice.exporters.Samples;
import dev.sluice.exporters.http.HttpBackend;
import dev.sluice.exporters.http.Reply;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemoteWriteExporterTest extends ExporterContract<Reply, HttpPeer> {
  private static final RemoteWriteExporterFactory FACTORY = new RemoteWriteExporterFactory();

  @Override
  protected HttpPeer peer() {
    return HttpPeer.start();
  }

  @Override
  protected Exporter exporter(HttpPeer peer) {
    return exporter(
        "endpoint: "
            + peer.url("/api/v1/write")
            + "\nheaders: {authorization: Bearer "
            + SECRET
            + "}");
  }

  private static Exporter exporter(String yaml) {
    return Samples.exporter(FACTORY, Signal.METRICS, yaml);
  }

  @Override
  protected Batch batch() {
    return Otlps.batch(
        Otlps.request(
            Otlps.counter("requests", "", Otlps.point(1000, 1), Otlps.point(1000, 2, "a", "b"))));
  }

  @Override
  protected void assertHoldsTheBatch(byte[] payload) {
    assertEquals(
        List.of("requests_total{} 1 @1000", "requests_total{a=\"b\"} 2 @1000"),
        Written.v1(payload));
  }

  @Override
  protected List<Reply> retryable() {
    return statuses(408, 425, 429, 500, 501, 502, 503, 504, 507);
  }

  @Override
  protected Reply retryAfter(int seconds) {
    return Reply.status(429).header("Retry-After", "" + seconds);
  }

  /** None: a refused batch is divided here, by samples, not by the pipeline. */
  @Override
  protected List<Reply> divisible() {
    return List.of();
  }

  @Override
  protected List<Reply> permanent() {
    return List.of();
  }

  @Override
  protected List<Reply> held() {
    return statuses(301, 307, 401, 402, 403, 404, 405, 410, 415);
  }

  /** None in the first version. */
  @Override
  protected Reply partialSuccess(int rejected, String message) {
    return null;
  }

  @Override
  protected List<Reply> hanging() {
    return List.of(Reply.hang(), Reply.status(200).manner(Reply.Manner.HEAD_ONLY));
  }

  @Override
  protected List<Reply> closing() {
    return List.of(Reply.close(), Reply.status(200).manner(Reply.Manner.HALF));
  }

  @Override
  protected Reply huge() {
    return Reply.status(200).manner(Reply.Manner.HUGE);
  }

  @Test
  void sendsTheHeadersOfTheFirstVersion() {
    try (HttpBackend backend = HttpBackend.start();
        Exporter exporter =
            exporter(
                "endpoint: "
                    + backend.url("/push?x=1")
                    + "\nheaders: {X-Scope-OrgID: team, User-Agent: mine, content-type: a/b}")) {
      exporter.prepare(batch()).attempt(PATIENT);
      HttpBackend.Received request = backend.take();
      assertEquals("/push?x=1", request.path());
      assertEquals("application/x-protobuf", request.header("Content-Type"));
      assertEquals("snappy", request.header("Content-Encoding"));
      assertEquals("0.1.0", request.header("X-Prometheus-Remote-Write-Version"));
      assertEquals("Sluice/1.2.3", request.header("User-Agent"));
      assertEquals("team", request.header("X-Scope-OrgID"));
    }
  }

  @Test
  void saysWhatToDoWhenTheReceiverIsOff() {
    try (HttpBackend backend = HttpBackend.start();
        Exporter exporter = exporter("endpoint: " + backend.url("/api/v1/write"))) {
      backend.script(Reply.status(404).text("remote write receiver needs to be enabled"));
      ExportResult.Hold hold =
          is(ExportResult.Hold.class, exporter.prepare(batch()).attempt(PATIENT), "404");
      assertTrue(hold.reason().contains("--web.enable-remote-write-receiver"), hold.reason());
    }
  }

  @Test
  void readsTheKeysOfTheCollector() {
    String yaml =
        """
        endpoint: http://mimir:9009/api/v1/push
        timeout: 7s
        namespace: ns
        external_labels: {region: eu}
        add_metric_suffixes: false
        send_metadata: true
        target_info: {enabled: false}
        disable_scope_info: true
        resource_to_telemetry_conversion: {enabled: true, exclude_service_attributes: true}
        convert_explicit_histograms_to_nhcb: true
        keep_classic_histograms: true
        remote_write_queue: {enabled: true, queue_size: 77}
        retry_on_failure: {max_interval: 10s}
        max_batch_size_bytes: 1000000
        protobuf_message: io.prometheus.write.v2.Request
        delta_temporality: {mode: drop, max_streams: 5, max_stale: 1h}
        series_cache_mib: 64
        tls: {insecure: true}
        """;
    assertEquals("", Samples.problems(FACTORY, yaml));
    ExporterFactory.Plan plan = Samples.plan(FACTORY, yaml);
    assertTrue(plan.ordered());
    assertEquals(Duration.ofSeconds(7), plan.sender().timeout());
    assertEquals(77, plan.sender().queue().capacity());
    assertEquals(1, plan.sender().queue().consumers());
    assertEquals(Duration.ofMillis(50), plan.sender().retry().initialInterval());
    assertEquals(Duration.ofSeconds(10), plan.sender().retry().maxInterval());
  }

  @Test
  void readsTheClientKeysUnderHttpToo() {
    String yaml = "http: {endpoint: 'http://mimir/api/v1/push', timeout: 3s, headers: {a: b}}";
    assertEquals("", Samples.problems(FACTORY, yaml));
    assertEquals(Duration.ofSeconds(3), Samples.plan(FACTORY, yaml).sender().timeout());
  }

  @Test
  void tellsWhatIsWrongWithItsKeys() {
    assertProblem("namespace: a", "endpoint", "is required");
    assertProblem("endpoint: http://a", "endpoint", "has no path");
    assertProblem("endpoint: http://a/w\nexternal_labels: {a: ''}", "external_labels", "empty");
    assertProblem("endpoint: http://a/w\ntranslation_strategy: None", "NoTranslation");
    assertProblem("endpoint: http://a/w\nwal: {directory: x}", "wal", "file_storage");
    assertProblem("endpoint: http://a/w\nexport_created_metric: {enabled: true}", "gone");
    assertProblem("endpoint: http://a/w\nnamspace: x", "unknown key", "namespace");
    assertProblem("endpoint: http://a/w\nheaders: {User-Agent: x}", "User-Agent");
  }

  private static void assertProblem(String yaml, String... parts) {
    String problems = Samples.problems(FACTORY, yaml);
    for (String part : parts) {
      assertTrue(problems.contains(part), () -> yaml + " gave " + problems);
    }
  }

  private static List<Reply> statuses(int... statuses) {
    return IntStream.of(statuses).mapToObj(Reply::status).toList();
  }
}
