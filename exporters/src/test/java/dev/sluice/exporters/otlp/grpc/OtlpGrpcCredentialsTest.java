package dev.sluice.exporters.otlp.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.auth.TestSecurity;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.tls.Certificates;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OtlpGrpcCredentialsTest {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();

  @TempDir Path folder;

  @Test
  void aRefusedDeliverySucceedsWhenTheTokenIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "old");
    String extensions = "bearertokenauth: {filename: " + file + "}";
    try (GrpcPeer peer = GrpcPeer.start();
        TestSecurity security = TestSecurity.of(extensions, new ManualClock());
        Exporter exporter =
            exporter(
                "endpoint: %s\ntls: {insecure: true}\nauth: {authenticator: bearertokenauth}"
                    .formatted(peer.endpoint()),
                security)) {
      peer.script(GrpcReply.status(Status.Code.UNAUTHENTICATED, "no"));
      Delivery delivery = exporter.prepare(Samples.traces());
      assertInstanceOf(ExportResult.Hold.class, delivery.attempt(PATIENT));
      assertEquals("Bearer old", peer.takeCall().header("authorization"));
      Files.writeString(file, "new");
      security.reload();
      assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT));
      assertEquals("Bearer new", peer.takeCall().header("authorization"));
    }
  }

  /** A client's certificate that has expired is replaced in its files, and let in again. */
  @Test
  void newConnectionsShowTheNewCertificate() throws Exception {
    Path certificate = Files.writeString(folder.resolve("crt"), Certificates.text("expired.pem"));
    Path key = Files.writeString(folder.resolve("key"), Certificates.text("expired.key"));
    var context =
        GrpcSslContexts.forServer(
                new File(Certificates.path("server.pem")),
                new File(Certificates.path("server.key")))
            .trustManager(new File(Certificates.path("authority.pem")))
            .clientAuth(ClientAuth.REQUIRE)
            .build();
    String tls =
        "tls: {ca_file: %s, cert_file: %s, key_file: %s}"
            .formatted(Certificates.path("authority.pem"), certificate, key);
    try (GrpcPeer peer = GrpcPeer.startTls(context);
        TestSecurity security = TestSecurity.of("{}", new ManualClock());
        Exporter exporter =
            exporter("endpoint: %s\n%s".formatted(peer.endpoint(), tls), security)) {
      Delivery delivery = exporter.prepare(Samples.traces());
      ExportResult refused = delivery.attempt(PATIENT);
      assertTrue(!refused.equals(ExportResult.DELIVERED), refused.toString());
      Certificates.replace(certificate, "client.pem");
      Certificates.replace(key, "client.key");
      security.reload();
      // The channel tells of its last failure until it has connected anew.
      while (!delivery.attempt(PATIENT).equals(ExportResult.DELIVERED)) {
        Thread.onSpinWait();
      }
    }
  }

  private static Exporter exporter(String yaml, TestSecurity security) {
    return Samples.plan(new OtlpGrpcExporterFactory(), yaml)
        .make()
        .make(Samples.context("otlp_grpc/test", Signal.TRACES).with(security));
  }
}
