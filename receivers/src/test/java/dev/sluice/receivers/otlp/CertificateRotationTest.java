package dev.sluice.receivers.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.auth.TestSecurity;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.receivers.http.RawHttp;
import dev.sluice.tls.Certificates;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.ClientCalls;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reliability test 38: certificates change under load and no request fails; new connections see the
 * new chain; a broken file changes nothing and raises an alarm; an expired client is refused; who
 * speaks in the clear is closed at once. {@code -Dsluice.it.rounds=100} rotates as often.
 */
@Timeout(240)
class CertificateRotationTest {
  private static final int ROUNDS = Integer.getInteger("sluice.it.rounds", 6);
  private static final byte[] LOGS = OtlpSamples.logs(2).bytes();

  @TempDir Path folder;
  private Path certificate;
  private Path key;
  private Path clients;
  private TestSecurity security;
  private OtlpBench bench;

  @BeforeEach
  void files() throws IOException {
    certificate = Files.writeString(folder.resolve("tls.crt"), Certificates.text("server.pem"));
    key = Files.writeString(folder.resolve("tls.key"), Certificates.text("server.key"));
    clients = Files.writeString(folder.resolve("ca.crt"), Certificates.text("authority.pem"));
    security = TestSecurity.of("{}", new ManualClock());
  }

  @AfterEach
  void nothingIsLeft() {
    if (bench != null) {
      bench.close();
    }
    security.close();
  }

  private void start(String more) throws IOException {
    String tls = "tls: {cert_file: %s, key_file: %s%s}".formatted(certificate, key, more).indent(4);
    bench =
        OtlpBench.secured(
            "protocols:\n  grpc:\n    endpoint: localhost:0\n"
                + tls
                + "  http:\n    endpoint: localhost:0\n"
                + tls,
            security);
  }

  @Test
  void noRequestFailsWhileCertificatesChange() throws Exception {
    start("");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    List<CompletableFuture<Void>> load = new ArrayList<>();
    load.add(repeating(over, sent, () -> exportByNewGrpcConnection("server.pem", "")));
    load.add(repeating(over, sent, () -> exportByNewHttpConnection(Certificates.client())));
    load.add(onOneConnection(over, sent));
    for (int round = 0; round < ROUNDS; round++) {
      rotate(round % 2 == 0 ? "renewed" : "server");
      int seen = sent.get();
      while (sent.get() < seen + 6 && load.stream().noneMatch(CompletableFuture::isDone)) {
        Thread.onSpinWait();
      }
    }
    over.set(true);
    for (CompletableFuture<Void> one : load) {
      one.orTimeout(30, TimeUnit.SECONDS).join();
    }
    assertEquals(sent.get(), bench.intake.offered.size());
    System.out.printf("rotated %d times, %d requests, 0 failed%n", ROUNDS, sent.get());
  }

  @Test
  void newConnectionsSeeTheNewChainAndOldOnesGoOn() throws Exception {
    start("");
    X509Certificate before = shown(bench.receiver.httpPort());
    ManagedChannel running = channel("server.pem", "");
    try {
      export(running);
      rotate("renewed");
      export(running);
    } finally {
      running.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    assertNotEquals(before, shown(bench.receiver.httpPort()));
    assertEquals(shown(bench.receiver.httpPort()), shown(bench.receiver.grpcPort()));
    assertEquals("CN=renewed", subject(bench.receiver.grpcPort()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk", "mismatch", "expired", "gone"})
  void aBrokenFileChangesNothingAndRaisesOneAlarm(String kind) throws Exception {
    start("");
    breakFiles(kind);
    security.reload();
    security.reload();
    assertEquals("CN=server", subject(bench.receiver.httpPort()));
    assertEquals("CN=server", subject(bench.receiver.grpcPort()));
    // The alarm is told once for each of the two listeners.
    assertEquals(2, metric("sluice_tls_reload_failures_total"));

    rotate("renewed");
    assertEquals("CN=renewed", subject(bench.receiver.httpPort()));
    assertEquals("CN=renewed", subject(bench.receiver.grpcPort()));
    assertEquals(2, metric("sluice_tls_reload_failures_total"));
    assertTrue(metric("sluice_tls_certificate_expiry_seconds") > 4e9);
  }

  private void breakFiles(String kind) throws IOException {
    switch (kind) {
      case "junk" -> Files.writeString(certificate, "junk");
      case "mismatch" -> Certificates.replace(certificate, "elsewhere.pem");
      case "gone" -> Files.delete(key);
      default -> {
        Certificates.replace(certificate, "expired.pem");
        Certificates.replace(key, "expired.key");
      }
    }
  }

  /** The file of authorities holds the very certificate, which Java alone would take for good. */
  @ParameterizedTest
  @ValueSource(strings = {"", "expired.pem"})
  void anExpiredClientIsRefused(String itself) throws Exception {
    String more = itself.isEmpty() ? "" : Certificates.text(itself);
    Files.writeString(clients, Certificates.text("authority.pem") + more);
    start(", client_ca_file: " + clients);
    assertThrows(
        StatusRuntimeException.class, () -> exportByNewGrpcConnection("server.pem", "expired"));
    SSLContext expired = Certificates.server("expired.pem", "expired.key");
    assertThrows(IOException.class, () -> exportByNewHttpConnection(expired));
    assertTrue(bench.intake.offered.isEmpty());
  }

  @Test
  void theClientsAuthorityIsReadAgainWhenAsked() throws Exception {
    start(", client_ca_file: " + clients + ", client_ca_file_reload: true");
    SSLContext client = Certificates.server("client.pem", "client.key");
    exportByNewHttpConnection(client);
    exportByNewGrpcConnection("server.pem", "client");
    Certificates.replace(clients, "stranger.pem");
    security.reload();
    SSLContext afresh = Certificates.server("client.pem", "client.key");
    assertThrows(IOException.class, () -> exportByNewHttpConnection(afresh));
    assertThrows(
        StatusRuntimeException.class, () -> exportByNewGrpcConnection("server.pem", "client"));
  }

  @Test
  void whoSpeaksInTheClearIsClosedAtOnce() throws Exception {
    start("");
    try (RawHttp http = new RawHttp(bench.receiver.httpPort())) {
      http.send("POST /v1/logs HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello");
      assertClosed(http);
    }
    try (RawHttp grpc = new RawHttp(bench.receiver.grpcPort())) {
      grpc.send("PRI * HTTP/2.0\n\nSM\n\n");
      assertClosed(grpc);
    }
    assertTrue(bench.intake.offered.isEmpty());
  }

  /** An alert may come first; nothing else does. */
  private static void assertClosed(RawHttp client) throws IOException {
    long begun = System.nanoTime();
    int bytes = 0;
    while (!client.isClosedByServer()) {
      bytes++;
      assertTrue(bytes < 64, "an answer in the clear");
    }
    assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5), "not at once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "min_version: '1.3'",
        "max_version: '1.2', cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]",
        "cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]",
        "curve_preferences: [P384]",
      })
  void speaksAsItIsTold(String settings) throws Exception {
    start(", " + settings);
    for (int port : new int[] {bench.receiver.httpPort(), bench.receiver.grpcPort()}) {
      try (SSLSocket socket = handshake(port)) {
        boolean old = settings.contains("'1.2'");
        assertEquals(old ? "TLSv1.2" : "TLSv1.3", socket.getSession().getProtocol());
        assertTrue(!old || socket.getSession().getCipherSuite().endsWith("AES_256_GCM_SHA384"));
      }
    }
    exportByNewGrpcConnection("server.pem", "");
    exportByNewHttpConnection(Certificates.client());
  }

  @Test
  void aCurveThatIsNotPreferredIsNotSpoken() throws Exception {
    start(", curve_preferences: [P384]");
    for (int port : new int[] {bench.receiver.httpPort(), bench.receiver.grpcPort()}) {
      assertThrows(IOException.class, () -> handshake(port, "secp256r1").close());
      handshake(port, "secp384r1").close();
    }
  }

  private void rotate(String name) {
    Certificates.replace(certificate, name + ".pem");
    Certificates.replace(key, name + ".key");
    security.reload();
  }

  private double metric(String name) {
    return bench
        .meters
        .scrape(true)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private CompletableFuture<Void> repeating(
      AtomicBoolean over, AtomicInteger sent, Exporting exporting) {
    return CompletableFuture.runAsync(() -> {
      try {
        while (!over.get()) {
          exporting.export();
          sent.incrementAndGet();
        }
      } catch (Exception e) {
        throw new AssertionError("after " + sent + " requests: " + e, e);
      }
    });
  }

  private CompletableFuture<Void> onOneConnection(AtomicBoolean over, AtomicInteger sent) {
    ManagedChannel channel = channel("server.pem", "");
    return repeating(over, sent, () -> export(channel))
        .whenComplete((_, _) -> channel.shutdownNow());
  }

  /** Sends one request. */
  @FunctionalInterface
  private interface Exporting {
    void export() throws Exception;
  }

  private void exportByNewGrpcConnection(String authority, String client) throws Exception {
    ManagedChannel channel = channel(authority, client);
    try {
      export(channel);
    } finally {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static void export(ManagedChannel channel) {
    ClientCalls.blockingUnaryCall(
        channel, RawExport.method(Signal.LOGS), RawExport.options(), LOGS);
  }

  private ManagedChannel channel(String server, String client) {
    try {
      SslContextBuilder context =
          GrpcSslContexts.forClient().trustManager(new File(Certificates.path("authority.pem")));
      if (!client.isEmpty()) {
        context.keyManager(
            new File(Certificates.path(client + ".pem")),
            new File(Certificates.path(client + ".key")));
      }
      return NettyChannelBuilder.forAddress("localhost", bench.receiver.grpcPort())
          .sslContext(context.build())
          .build();
    } catch (IOException e) {
      throw new AssertionError(server, e);
    }
  }

  private void exportByNewHttpConnection(SSLContext context) throws IOException {
    String head =
        "POST /v1/logs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/x-protobuf\r\nContent-Length: "
            + LOGS.length
            + "\r\n\r\n";
    try (SSLSocket socket = connected(context, bench.receiver.httpPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(LOGS);
      byte[] answer = socket.getInputStream().readAllBytes();
      String status = new String(answer, StandardCharsets.US_ASCII);
      if (!status.startsWith("HTTP/1.1 200 ")) {
        throw new IOException("answered: " + status);
      }
    }
  }

  private static SSLSocket connected(SSLContext context, int port) throws IOException {
    Socket plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    plain.setSoTimeout(20_000);
    return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
  }

  private static SSLSocket handshake(int port, String... curves) throws IOException {
    SSLSocket socket = connected(Certificates.client(), port);
    var parameters = socket.getSSLParameters();
    if (curves.length > 0) {
      parameters.setNamedGroups(curves);
    }
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static X509Certificate shown(int port) throws IOException {
    try (SSLSocket socket = handshake(port)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String subject(int port) throws IOException {
    return shown(port).getSubjectX500Principal().toString();
  }
}
