package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.record;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.ExporterContract;
import dev.sluice.exporters.HttpPeer;
import dev.sluice.exporters.Samples;
import dev.sluice.exporters.http.Decompression;
import dev.sluice.exporters.http.HttpBackend;
import dev.sluice.exporters.http.Reply;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.Loss;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LokiExporterTest extends ExporterContract<Reply, HttpPeer> {
  private static final String TOO_OLD =
      "entry for stream '{service_name=\"shop\"}' has timestamp too old: 2026-01-01T00:00:00Z,"
          + " oldest acceptable timestamp is: 2026-11-16T20:07:18Z\n";

  @Override
  protected HttpPeer peer() {
    HttpPeer peer = HttpPeer.start();
    peer.backend().standing(Reply.status(204));
    return peer;
  }

  @Override
  protected Exporter exporter(HttpPeer peer) {
    return exporter(
        "endpoint: " + peer.url("") + "\nheaders: {authorization: Bearer " + SECRET + "}");
  }

  private static Exporter exporter(String yaml) {
    return Samples.exporter(new LokiExporterFactory(), Signal.LOGS, yaml);
  }

  @Override
  protected Batch batch() {
    return Logs.lines("shop", "one", "two", "three");
  }

  @Override
  protected void assertHoldsTheBatch(byte[] payload) {
    assertEquals(List.of("one", "two", "three"), lines(payload));
  }

  private static List<String> lines(byte[] payload) {
    return PushedEntry.decode(Decompression.decode("snappy", payload)).stream()
        .map(PushedEntry::line)
        .toList();
  }

  @Override
  protected List<Reply> retryable() {
    return statuses(408, 425, 429, 500, 502, 503, 504);
  }

  @Override
  protected Reply retryAfter(int seconds) {
    return Reply.status(429).header("Retry-After", "" + seconds);
  }

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

  @Override
  protected Reply partialSuccess(int rejected, String message) {
    return Reply.status(400)
        .text(
            "max entry size '2' bytes exceeded for stream '{service_name=\"shop\"}' while adding an"
                + " entry with length '5' bytes: "
                + message);
  }

  @Override
  protected List<Reply> hanging() {
    return List.of(Reply.hang(), Reply.status(204).manner(Reply.Manner.HANG));
  }

  @Override
  protected List<Reply> closing() {
    return List.of(Reply.close());
  }

  @Override
  protected Reply huge() {
    return Reply.status(400).manner(Reply.Manner.HUGE);
  }

  private static List<Reply> statuses(int... statuses) {
    return IntStream.of(statuses).mapToObj(Reply::status).toList();
  }

  @Test
  void postsSnappyProtobufToThePushApi() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter("endpoint: " + peer.url("") + "\ntenant: acme")) {
      exporter.prepare(batch()).attempt(PATIENT);

      HttpBackend.Received request = peer.backend().take();
      assertEquals("POST", request.method());
      assertEquals("/loki/api/v1/push", request.path());
      assertEquals("application/x-protobuf", request.header("Content-Type"));
      assertNull(request.header("Content-Encoding"));
      assertEquals("acme", request.header("X-Scope-OrgID"));
      assertEquals("Sluice/1.2.3", request.header("User-Agent"));
    }
  }

  @Test
  void postsJsonWhenToldTo() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter("endpoint: " + peer.url("/push") + "\nencoding: json")) {
      Batch batch =
          Logs.batch(
              resourceLogs(
                  service("sh\"op", attribute("host.name", "h")),
                  record("one\n\"quoted\""),
                  record("two", attribute("k", "v"))));
      exporter.prepare(batch).attempt(PATIENT);

      HttpBackend.Received request = peer.backend().take();
      assertEquals("/push", request.path());
      assertEquals("application/json", request.header("Content-Type"));
      assertEquals("gzip", request.header("Content-Encoding"));
      assertEquals(
          "{\"streams\":[{\"stream\":{\"service_name\":\"sh\\\"op\"},\"values\":["
              + "[\"1767225600123456789\",\"one\\n\\\"quoted\\\"\",{\"host_name\":\"h\"}],"
              + "[\"1767225600123456789\",\"two\",{\"k\":\"v\",\"host_name\":\"h\"}]]}]}",
          new String(request.body(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void neverSendsA400AgainAndReportsWhatItRefused() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      Batch batch =
          Logs.batch(
              resourceLogs(service("other"), record("0")),
              resourceLogs(
                  service("shop"),
                  record("1").toBuilder().setTimeUnixNano(Logs.TIME + 5_000_000_000L).build(),
                  record("2")));
      peer.script(Reply.status(400).text(TOO_OLD));

      Loss loss = onlyLoss(exporter.prepare(batch).attempt(PATIENT));

      assertEquals(1, loss.items());
      assertEquals(BitSet.valueOf(new long[] {0b100}), loss.ordinals());
      assertTrue(loss.reason().contains("timestamp too old"), loss.reason());
      peer.take();
      assertEquals(0, peer.waiting());
    }
  }

  @Test
  void countsAllOfARequestWhoseRefusalItCannotRead() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(Reply.status(400).text("no"));
      peer.script(Reply.status(422));

      assertEquals(3, onlyLoss(exporter.prepare(batch()).attempt(PATIENT)).items());
      assertEquals(3, onlyLoss(exporter.prepare(batch()).attempt(PATIENT)).items());
    }
  }

  @Test
  void countsWhatABlockedTenantLosesAlthoughTheStatusLooksLikeSuccess() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(Reply.status(260).text("ingestion blocked for user 'fake' until '2027'"));

      Loss loss = onlyLoss(exporter.prepare(batch()).attempt(PATIENT));

      assertEquals(3, loss.items());
      assertEquals(Loss.Kind.REJECTED, loss.kind());
    }
  }

  @Test
  void holdsEverythingForALokiThatTakesNoStructuredMetadata() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(
          Reply.status(400)
              .text(
                  "stream '{service_name=\"shop\"}' includes structured metadata, but this feature"
                      + " is disallowed."));
      Delivery delivery = exporter.prepare(batch());

      ExportResult.Hold hold = is(ExportResult.Hold.class, delivery.attempt(PATIENT), "disallowed");

      assertTrue(hold.reason().contains("structured_metadata: false"), hold.reason());
      assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT));
    }
  }

  @Test
  void makesARequestThatIsTooLargeSmaller() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(Reply.status(413));

      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));

      assertEquals(List.of("one", "two", "three"), lines(peer.take()));
      assertEquals(
          List.of("one", "two", "three"),
          java.util.stream.Stream.of(peer.take(), peer.take())
              .flatMap(payload -> lines(payload).stream())
              .toList());
      assertEquals(0, peer.waiting());
    }
  }

  @Test
  void givesUpOnlyTheEntryThatIsTooLargeByItself() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      // All three, then one and two, then one.
      for (int i = 0; i < 3; i++) {
        peer.script(Reply.status(413));
      }

      Loss loss = onlyLoss(exporter.prepare(batch()).attempt(PATIENT));

      assertEquals(1, loss.items());
      assertEquals(1, loss.ordinals() == null ? 0 : loss.ordinals().cardinality());
    }
  }

  @Test
  void goesOnWhereTheLastAttemptStopped() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter("endpoint: " + peer.url("") + "\nmax_request_size: 1024")) {
      String body = "x".repeat(600);
      Delivery delivery = exporter.prepare(Logs.lines("shop", "1" + body, "2" + body, "3" + body));
      peer.script(Reply.status(204));
      peer.script(Reply.status(503));

      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT));

      StringBuilder sent = new StringBuilder();
      while (peer.waiting() > 0) {
        lines(peer.take()).forEach(line -> sent.append(line.charAt(0)));
      }
      assertEquals("1223", sent.toString());
    }
  }

  @Test
  void makesRequestsSmallerThatARateLimitRefuses() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      String body = "x".repeat(200_000);
      Delivery delivery = exporter.prepare(Logs.lines("shop", body, body, body, body));
      peer.script(Reply.status(429).text("ingestion rate limit exceeded for user fake"));

      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT));

      assertEquals(4, lines(peer.take()).size());
      assertEquals(2, lines(peer.take()).size());
      assertEquals(2, lines(peer.take()).size());
    }
  }

  @Test
  void sendsEachTenantItsOwnRequestWithItsHeader() {
    try (HttpPeer peer = peer();
        Exporter exporter =
            exporter("endpoint: " + peer.url("") + "\nheaders: {x-scope-orgid: from-headers}")) {
      exporter
          .prepare(
              Logs.batch(
                  resourceLogs(
                      service("a", attribute("loki.tenant", "org"), attribute("org", "acme")),
                      record("1")),
                  resourceLogs(service("a"), record("2"))))
          .attempt(PATIENT);

      assertEquals("acme", peer.backend().take().header("X-Scope-OrgID"));
      assertEquals("from-headers", peer.backend().take().header("X-Scope-OrgID"));
    }
  }

  @Test
  void aBatchOfNothingButLossesIsDeliveredWithoutARequest() {
    try (HttpPeer peer = peer();
        Exporter exporter =
            exporter(
                "endpoint: "
                    + peer.url("")
                    + "\nmax_line_size: 3\nmax_line_size_truncate: false")) {
      Loss loss = onlyLoss(exporter.prepare(Logs.lines("a", "12345")).attempt(PATIENT));

      assertEquals("line_too_long", loss.rule());
      assertEquals(0, peer.waiting());
    }
  }

  private static Loss onlyLoss(ExportResult result) {
    ExportResult.Delivered delivered = assertInstanceOf(ExportResult.Delivered.class, result);
    assertEquals(1, delivered.losses().size(), delivered::toString);
    return delivered.losses().getFirst();
  }
}
