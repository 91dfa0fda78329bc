package dev.sluice.exporters.otlp.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.exporters.http.HttpClient;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.exporters.http.HttpRequest;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.tls.Certificates;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.File;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpGrpcTlsTest {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();
  private static final String TRUSTED = "ca_file: " + Certificates.path("authority.pem");
  private static final String OWN =
      "cert_file: %s, key_file: %s"
          .formatted(Certificates.path("client.pem"), Certificates.path("client.key"));

  @ParameterizedTest
  @ValueSource(strings = {"", "https://", "http://"})
  void believesWhomTheGivenAuthoritySigned(String scheme) {
    try (GrpcPeer peer = peer("server", ClientAuth.NONE)) {
      assertEquals(ExportResult.DELIVERED, send(scheme + peer.endpoint(), TRUSTED));
    }
  }

  @Test
  void httpsAndAnAuthorityWinOverInsecure() {
    try (GrpcPeer peer = peer("server", ClientAuth.NONE)) {
      assertEquals(ExportResult.DELIVERED, send(peer.endpoint(), TRUSTED + ", insecure: true"));
      held("not trusted", send("https://" + peer.endpoint(), "insecure: true"));
    }
  }

  @Test
  void holdsTheDataWhenTheCertificateIsNotTrusted() {
    try (GrpcPeer peer = peer("server", ClientAuth.NONE)) {
      String stranger = "ca_file: " + Certificates.path("stranger.pem");
      held("tls::ca_file", send(peer.endpoint(), stranger));
      held("tls::ca_file", send(peer.endpoint(), ""));
    }
  }

  @Test
  void verifiesTheNameOfTheHost() {
    try (GrpcPeer peer = peer("elsewhere", ClientAuth.NONE)) {
      held("certificate", send(peer.endpoint(), TRUSTED));
      String named = TRUSTED + ", server_name_override: elsewhere.example";
      assertEquals(ExportResult.DELIVERED, send(peer.endpoint(), named));
      assertEquals(ExportResult.DELIVERED, send(peer.endpoint(), "insecure_skip_verify: true"));
    }
  }

  @Test
  void showsItsOwnCertificate() {
    try (GrpcPeer peer = peer("server", ClientAuth.REQUIRE)) {
      assertEquals(ExportResult.DELIVERED, send(peer.endpoint(), TRUSTED + ", " + OWN));
    }
  }

  @Test
  void saysThatThePortIsPlain() {
    try (GrpcPeer peer = GrpcPeer.start()) {
      held("does not speak TLS", send(peer.endpoint(), TRUSTED));
    }
  }

  /** A gRPC server speaks HTTP/2 alone, and takes gRPC alone. */
  @Test
  void theHttpClientSpeaksHttp2OverTls() {
    HttpClientSettings settings = HttpClientSettings.DEFAULTS.withTls(Certificates.tls(TRUSTED));
    try (GrpcPeer peer = peer("server", ClientAuth.NONE);
        HttpClient client =
            new HttpClient(settings, "Test/1", Samples.context("test", Signal.TRACES))) {
      HttpRequest request =
          new HttpRequest(
              "https://" + peer.endpoint() + "/a.B/C",
              Map.of(),
              "application/x-protobuf",
              Compression.NONE,
              Body.of(new byte[100_000]));
      HttpAnswer answer = assertInstanceOf(HttpAnswer.class, client.post(request, PATIENT));
      assertEquals(415, answer.status());
    }
  }

  private static GrpcPeer peer(String name, ClientAuth clientAuth) {
    File certificate = new File(Certificates.path(name + ".pem"));
    File key = new File(Certificates.path(name + ".key"));
    try {
      SslContext context =
          GrpcSslContexts.forServer(certificate, key)
              .trustManager(new File(Certificates.path("authority.pem")))
              .clientAuth(clientAuth)
              .build();
      return GrpcPeer.startTls(context);
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  private static ExportResult send(String endpoint, String tls) {
    String yaml = "endpoint: %s\ntls: {%s}".formatted(endpoint, tls);
    try (Exporter exporter = Samples.exporter(new OtlpGrpcExporterFactory(), Signal.TRACES, yaml)) {
      return exporter.prepare(Samples.traces()).attempt(PATIENT);
    }
  }

  private static void held(String expected, ExportResult result) {
    ExportResult.Hold hold = assertInstanceOf(ExportResult.Hold.class, result, () -> "" + result);
    assertTrue(hold.reason().contains(expected), hold.reason());
  }
}
