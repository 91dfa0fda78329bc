package dev.sluice.exporters.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.ExporterContract;
import dev.sluice.exporters.HttpPeer;
import dev.sluice.exporters.Samples;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.HttpBackend;
import dev.sluice.exporters.http.Reply;
import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpHttpExporterTest extends ExporterContract<Reply, HttpPeer> {
  @Override
  protected HttpPeer peer() {
    return HttpPeer.start();
  }

  @Override
  protected Exporter exporter(HttpPeer peer) {
    return exporter(
        "endpoint: " + peer.url("") + "\nheaders: {authorization: Bearer " + SECRET + "}");
  }

  private static Exporter exporter(String yaml) {
    return Samples.exporter(new OtlpHttpExporterFactory(), Signal.TRACES, yaml);
  }

  @Override
  protected Batch batch() {
    return Samples.traces();
  }

  @Override
  protected void assertHoldsTheBatch(byte[] payload) {
    assertArrayEquals(Samples.joined(batch()), payload);
  }

  @Override
  protected List<Reply> retryable() {
    return statuses(429, 502, 503, 504);
  }

  @Override
  protected Reply retryAfter(int seconds) {
    return Reply.status(503).header("Retry-After", "" + seconds);
  }

  @Override
  protected List<Reply> divisible() {
    return statuses(400, 413, 422);
  }

  @Override
  protected List<Reply> permanent() {
    return statuses(402, 408, 409, 410, 500, 501, 505);
  }

  @Override
  protected List<Reply> held() {
    return statuses(301, 307, 401, 403, 404, 405, 415);
  }

  @Override
  protected Reply partialSuccess(int rejected, String message) {
    return Reply.status(200).body("application/x-protobuf", response(rejected, message));
  }

  @Override
  protected List<Reply> hanging() {
    return List.of(Reply.hang(), Reply.status(200).manner(Reply.Manner.HEAD_ONLY));
  }

  @Override
  protected List<Reply> closing() {
    return List.of(Reply.close(), Reply.status(200).text("x").manner(Reply.Manner.HALF));
  }

  @Override
  protected Reply huge() {
    return Reply.status(200).manner(Reply.Manner.HUGE);
  }

  private static List<Reply> statuses(int... statuses) {
    return IntStream.of(statuses).mapToObj(Reply::status).toList();
  }

  private static byte[] response(int rejected, String message) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void thePartsArriveJoinedWithEveryCompression(Compression compression) {
    try (HttpPeer peer = peer();
        Exporter exporter =
            exporter("endpoint: " + peer.url("") + "\ncompression: " + compression.label())) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      HttpBackend.Received request = peer.backend().take();
      assertEquals(
          compression == Compression.NONE ? null : compression.label(),
          request.header("Content-Encoding"));
      assertHoldsTheBatch(request.body());
    }
  }

  @Test
  void sendsHeadersAndUserAgentToTheSignalsPath() {
    try (HttpPeer peer = peer();
        Exporter exporter =
            exporter("endpoint: " + peer.url("/otlp/") + "\nheaders: {X-Scope-OrgID: tenant}")) {
      exporter.prepare(batch()).attempt(PATIENT);
      HttpBackend.Received request = peer.backend().take();
      assertEquals("/otlp/v1/traces", request.path());
      assertEquals("tenant", request.header("X-Scope-OrgID"));
      assertEquals("application/x-protobuf", request.header("Content-Type"));
      assertEquals("gzip", request.header("Content-Encoding"));
      assertEquals("Sluice/1.2.3", request.header("User-Agent"));
    }
  }

  @Test
  void sendsTheWholeBatchAsJson() throws Exception {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter("endpoint: " + peer.url("") + "\nencoding: json")) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      HttpBackend.Received request = peer.backend().take();
      assertEquals("application/json", request.header("Content-Type"));
      byte[] back = JsonToProto.request(Signal.TRACES, request.body());
      assertEquals(
          ExportTraceServiceRequest.parseFrom(Samples.joined(batch())),
          ExportTraceServiceRequest.parseFrom(back));
    }
  }

  @Test
  void aSignalsOwnEndpointIsUsedAsItIs() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter("traces_endpoint: " + peer.url("/in?a=b"))) {
      exporter.prepare(batch()).attempt(PATIENT);
      assertEquals("/in?a=b", peer.backend().take().path());
    }
  }

  @Test
  void aSignalWithoutAnEndpointIsRefusedWhenMade() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> exporter("logs_endpoint: http://127.0.0.1/"));
    assertTrue(refused.getMessage().contains("traces_endpoint"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"why\"}} | 2",
        "{\"partialSuccess\":{\"rejectedSpans\":2}} | 2",
        "{\"x\":[{}],\"partialSuccess\":{\"rejectedSpans\":\"900\"}} | 6",
        "{\"partialSuccess\":{\"errorMessage\":\"all is well\"}} | 0",
        "{\"partialSuccess\":{\"rejectedSpans\":\"-5\"}} | 0",
        "{} | 0",
        "{\"partialSuccess\":{\"rejectedSpans\":\"many\"}} | 0",
        "{\"partialSucc | 0",
        "[] | 0",
      })
  void readsPartialSuccessInJson(String body, int rejected) {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(
          Reply.status(200)
              .body("application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8)));
      var delivered = (ExportResult.Delivered) exporter.prepare(batch()).attempt(PATIENT);
      int lost = delivered.losses().stream().mapToInt(loss -> loss.items()).sum();
      assertEquals(rejected, lost);
    }
  }

  @Test
  void anAnswerThatCannotBeReadIsDeliveredAllTheSame() {
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      byte[] whole = response(3, "message");
      for (int length = 1; length < whole.length; length++) {
        byte[] cut = java.util.Arrays.copyOf(whole, length);
        peer.script(Reply.status(200).body("application/x-protobuf", cut));
        assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      }
    }
  }

  @Test
  void theReasonIsWhatThePeerSays() {
    byte[] status = {0x08, 3, 0x12, 3, 'b', 'a', 'd'};
    try (HttpPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.script(Reply.status(400).body("application/x-protobuf", status));
      peer.script(
          Reply.status(400)
              .body(
                  "application/json",
                  "{\"code\":3,\"message\":\"bad\"}".getBytes(StandardCharsets.UTF_8)));
      peer.script(Reply.status(400).text("bad\n"));
      for (int i = 0; i < 3; i++) {
        var permanent = (ExportResult.Permanent) exporter.prepare(batch()).attempt(PATIENT);
        assertEquals(peer.url("/v1/traces") + " answered 400: bad", permanent.reason());
      }
    }
  }
}
