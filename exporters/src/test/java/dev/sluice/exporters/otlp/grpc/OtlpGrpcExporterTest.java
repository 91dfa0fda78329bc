package dev.sluice.exporters.otlp.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.ExporterContract;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import io.grpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpGrpcExporterTest extends ExporterContract<GrpcReply, GrpcPeer> {
  @Override
  protected GrpcPeer peer() {
    return GrpcPeer.start();
  }

  @Override
  protected Exporter exporter(GrpcPeer peer) {
    return exporter(peer, "headers: {authorization: Bearer " + SECRET + "}");
  }

  private static Exporter exporter(GrpcPeer peer, String yaml) {
    return exporter(
        Signal.TRACES, "endpoint: " + peer.endpoint() + "\ntls: {insecure: true}\n" + yaml);
  }

  private static Exporter exporter(Signal signal, String yaml) {
    return Samples.exporter(new OtlpGrpcExporterFactory(), signal, yaml);
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
  protected List<GrpcReply> retryable() {
    return codes(
        Status.Code.CANCELLED,
        Status.Code.DEADLINE_EXCEEDED,
        Status.Code.ABORTED,
        Status.Code.OUT_OF_RANGE,
        Status.Code.UNAVAILABLE,
        Status.Code.DATA_LOSS,
        Status.Code.RESOURCE_EXHAUSTED);
  }

  @Override
  protected GrpcReply retryAfter(int seconds) {
    return GrpcReply.status(Status.Code.RESOURCE_EXHAUSTED, "full")
        .retryAfter(Duration.ofSeconds(seconds));
  }

  @Override
  protected List<GrpcReply> divisible() {
    return List.of(
        GrpcReply.status(Status.Code.INVALID_ARGUMENT, "bad"),
        GrpcReply.status(
            Status.Code.RESOURCE_EXHAUSTED,
            "grpc: received message larger than max (5000000 vs. 4194304)"),
        GrpcReply.status(
            Status.Code.RESOURCE_EXHAUSTED, "gRPC message exceeds maximum size 4194304: 5000000"));
  }

  @Override
  protected List<GrpcReply> permanent() {
    return codes(
        Status.Code.INTERNAL,
        Status.Code.UNKNOWN,
        Status.Code.FAILED_PRECONDITION,
        Status.Code.ALREADY_EXISTS);
  }

  @Override
  protected List<GrpcReply> held() {
    return codes(
        Status.Code.UNAUTHENTICATED,
        Status.Code.PERMISSION_DENIED,
        Status.Code.UNIMPLEMENTED,
        Status.Code.NOT_FOUND);
  }

  @Override
  protected GrpcReply partialSuccess(int rejected, String message) {
    return GrpcReply.ok(
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejected)
                    .setErrorMessage(message))
            .build()
            .toByteArray());
  }

  @Override
  protected List<GrpcReply> hanging() {
    return List.of(
        GrpcReply.manner(GrpcReply.Manner.HANG), GrpcReply.manner(GrpcReply.Manner.HEAD_ONLY));
  }

  @Override
  protected List<GrpcReply> closing() {
    return List.of(GrpcReply.manner(GrpcReply.Manner.CLOSE));
  }

  @Override
  protected GrpcReply huge() {
    return GrpcReply.ok(new byte[8 << 20]);
  }

  private static List<GrpcReply> codes(Status.Code... codes) {
    return Stream.of(codes).map(code -> GrpcReply.status(code, "scripted")).toList();
  }

  @ParameterizedTest
  @CsvSource({"none,", "gzip, gzip", "zstd, zstd", "snappy, snappy", "'',"})
  void thePartsArriveJoinedWithEveryCompression(String compression, String encoding) {
    try (GrpcPeer peer = peer();
        Exporter exporter = exporter(peer, "compression: '" + compression + "'")) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      GrpcPeer.Received call = peer.takeCall();
      assertEquals(encoding, call.header("grpc-encoding"));
      assertHoldsTheBatch(call.body());
    }
  }

  @Test
  void sendsHeadersAuthorityAndUserAgent() {
    String yaml =
        """
        headers: {X-Scope-OrgID: tenant}
        authority: collector.example
        keepalive: {time: 20s}
        """;
    try (GrpcPeer peer = peer();
        Exporter exporter = exporter(peer, yaml)) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      GrpcPeer.Received call = peer.takeCall();
      assertEquals("opentelemetry.proto.collector.trace.v1.TraceService/Export", call.method());
      assertEquals("tenant", call.header("x-scope-orgid"));
      assertTrue(call.header("user-agent").startsWith("Sluice/1.2.3"), call.header("user-agent"));
    }
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void eachSignalHasItsService(Signal signal) {
    try (GrpcPeer peer = peer();
        Exporter exporter =
            exporter(signal, "endpoint: " + peer.endpoint() + "\ntls: {insecure: true}")) {
      exporter.prepare(new Batch(signal, batch().parts(), 1, batch().bytes())).attempt(PATIENT);
      String expected =
          switch (signal) {
            case TRACES -> io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.SERVICE_NAME;
            case METRICS ->
                io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc.SERVICE_NAME;
            case LOGS -> io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc.SERVICE_NAME;
          };
      assertEquals(expected + "/Export", peer.takeCall().method());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://", "dns:///", "dns://8.8.8.8/", "passthrough:///"})
  void takesTheCollectorsFormsOfEndpoint(String scheme) {
    try (GrpcPeer peer = peer();
        Exporter exporter =
            exporter(
                Signal.TRACES,
                "endpoint: " + scheme + peer.endpoint() + "\ntls: {insecure: true}")) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
    }
  }

  @Test
  void takesTheHostNamesOfCompose() {
    try (Exporter exporter =
        exporter(Signal.TRACES, "endpoint: my_tempo.invalid:1\ntls: {insecure: true}")) {
      ExportResult.Retry retry =
          is(ExportResult.Retry.class, exporter.prepare(batch()).attempt(PATIENT), "my_tempo");
      assertTrue(retry.reason().contains("cannot be resolved"), retry.reason());
    }
  }

  @Test
  void takesAnIpv6Address() {
    try (Exporter exporter =
        exporter(Signal.TRACES, "endpoint: '[::1]:1'\ntls: {insecure: true}")) {
      ExportResult.Retry retry =
          is(ExportResult.Retry.class, exporter.prepare(batch()).attempt(PATIENT), "::1");
      assertTrue(retry.reason().startsWith("[::1]:1: "), retry.reason());
    }
  }

  /**
   * gRPC alone would wait longer and longer: six connections in this time, up to two minutes apart.
   */
  @Test
  void triesToConnectAtEachAttempt() {
    int enough = 12;
    try (GrpcPeer peer = peer();
        Exporter exporter = exporter(peer)) {
      peer.relay().refuse();
      Delivery delivery = exporter.prepare(batch());
      long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (peer.relay().connections() < enough && System.nanoTime() < deadline) {
        is(ExportResult.Retry.class, delivery.attempt(PATIENT), "refused");
      }
      assertTrue(peer.relay().connections() >= enough, "" + peer.relay().connections());
    }
  }
}
