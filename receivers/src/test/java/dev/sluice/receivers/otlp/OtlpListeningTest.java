package dev.sluice.receivers.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.tls.Certificates;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the receiver comes to listen, in the clear and by TLS, and what it says when it cannot. */
@Timeout(60)
class OtlpListeningTest {
  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void aPortInUseIsToldWithReceiverKeyAddressAndAdvice(String protocol) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      OtlpBench bench =
          OtlpBench.unstarted(
              "protocols: {%s: {endpoint: 127.0.0.1:%d}}".formatted(protocol, port));
      IOException refused = assertThrows(IOException.class, bench.receiver::start);
      assertEquals(
          "receiver otlp/test cannot listen on 127.0.0.1:%d: Address already in use; another"
                  .formatted(port)
              + " process has the port, stop it or choose another endpoint (protocols::"
              + protocol
              + "::endpoint)",
          refused.getMessage());
      bench.close();
    }
  }

  @Test
  void whenOnePortIsTakenTheOtherIsGivenBack() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      OtlpBench bench =
          OtlpBench.unstarted(
              "protocols: {grpc: {endpoint: 127.0.0.1:0}, http: {endpoint: 127.0.0.1:%d}}"
                  .formatted(taken.getLocalPort()));
      assertThrows(IOException.class, bench.receiver::start);
      // The threads of gRPC have ended too, or this fails.
      bench.threads.close();
    }
  }

  @Test
  void stopIsHarmlessWhenNeverStarted() {
    OtlpBench bench = OtlpBench.unstarted(OtlpBench.BOTH);
    bench.receiver.stop(TimeUnit.SECONDS.toNanos(1));
    bench.close();
  }

  @Test
  void speaksTls() throws Exception {
    try (OtlpBench bench = OtlpBench.of(tls(""))) {
      byte[] logs = OtlpSamples.logs(2).bytes();
      exportByGrpc(
          bench, TlsChannelCredentials.newBuilder().trustManager(pem("authority.pem")), logs);
      assertArrayEquals(logs, bench.intake.offered.take().bytes());
      assertEquals(200, exportByHttp(bench, logs));
      assertArrayEquals(logs, bench.intake.offered.take().bytes());
    }
  }

  @Test
  void wantsTheClientsCertificateWhenItIsToldAnAuthority() throws Exception {
    try (OtlpBench bench =
        OtlpBench.of(tls("client_ca_file: " + Certificates.path("authority.pem")))) {
      byte[] logs = OtlpSamples.logs(2).bytes();
      assertThrows(
          StatusRuntimeException.class,
          () ->
              exportByGrpc(
                  bench,
                  TlsChannelCredentials.newBuilder().trustManager(pem("authority.pem")),
                  logs));
      assertThrows(IOException.class, () -> exportByHttp(bench, logs));
      assertTrue(bench.intake.offered.isEmpty());
      exportByGrpc(
          bench,
          TlsChannelCredentials.newBuilder()
              .trustManager(pem("authority.pem"))
              .keyManager(pem("client.pem"), pem("client.key")),
          logs);
      assertArrayEquals(logs, bench.intake.offered.take().bytes());
    }
  }

  private static String tls(String more) {
    String tls =
        """
            tls:
              cert_file: %s
              key_file: %s
              %s
        """
            .formatted(Certificates.path("server.pem"), Certificates.path("server.key"), more);
    return """
    protocols:
      grpc:
        endpoint: 127.0.0.1:0
    %s
      http:
        endpoint: 127.0.0.1:0
    %s
    """
        .formatted(tls, tls);
  }

  private static void exportByGrpc(
      OtlpBench bench, TlsChannelCredentials.Builder credentials, byte[] logs)
      throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", bench.receiver.grpcPort(), credentials.build())
            .build();
    try {
      ClientCalls.blockingUnaryCall(
          channel, RawExport.method(Signal.LOGS), RawExport.options(), logs);
    } finally {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static int exportByHttp(OtlpBench bench, byte[] logs)
      throws IOException, GeneralSecurityException {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (InputStream ca = pem("authority.pem")) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(
                context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
            .build();
    Request request =
        new Request.Builder()
            .url("https://localhost:" + bench.receiver.httpPort() + "/v1/logs")
            .post(RequestBody.create(logs, MediaType.parse("application/x-protobuf")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private static InputStream pem(String name) throws IOException {
    return java.nio.file.Files.newInputStream(Path.of(Certificates.path(name)));
  }
}
