package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals and exit codes of the real process. */
class ProcessTest {
  private static final String CONFIG =
      """
      receivers: {otlp: {protocols: {http: {endpoint: localhost:%d}}}}
      exporters: {otlp_http: {endpoint: http://127.0.0.1:%d}}
      extensions: {health_check: {endpoint: localhost:%d}}
      service:
        extensions: [health_check]
        telemetry: {metrics: {level: none}, logs: {encoding: json}}
        pipelines:
          traces: {receivers: [otlp], exporters: [otlp_http]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void sigtermDrainsAndExitsZero() throws Exception {
    try (StubBackend backend = new StubBackend()) {
      List<Integer> ports = FreePorts.find(2);
      Process sluice = start(ports, backend);
      try {
        awaitReady(sluice, ports.get(1));
        send(ports.get(0));
        backend.awaitRequest();
        sluice.destroy();
        awaitLog("stopping");
        backend.letGo();
        assertExit(0, sluice);
        assertEquals(1, backend.answered());
      } finally {
        sluice.destroyForcibly();
      }
    }
  }

  @Test
  void aSecondSigtermEndsAtOnce() throws Exception {
    try (StubBackend backend = new StubBackend()) {
      List<Integer> ports = FreePorts.find(2);
      Process sluice = start(ports, backend);
      try {
        awaitReady(sluice, ports.get(1));
        send(ports.get(0));
        backend.awaitRequest();
        sluice.destroy();
        awaitLog("stopping");
        sluice.destroy();
        assertExit(143, sluice);
        assertEquals(0, backend.answered());
      } finally {
        sluice.destroyForcibly();
      }
    }
  }

  private Process start(List<Integer> ports, StubBackend backend) throws IOException {
    String yaml = CONFIG.formatted(ports.get(0), backend.port(), ports.get(1));
    Path config = Files.writeString(folder.resolve("sluice.yaml"), yaml);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.Main",
            "--config=" + config,
            "--data-dir=" + folder.resolve("data"),
            "--shutdown-timeout=10m")
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private void awaitReady(Process sluice, int health) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health + "/ready")).build();
    while (true) {
      assertTrue(sluice.isAlive(), this::logged);
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        sluice.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void send(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
            .header("Content-Type", OtlpRequests.PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpRequests.span("one")))
            .build();
    assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
  }

  private void awaitLog(String text) {
    while (!logged().contains(text)) {
      Thread.onSpinWait();
    }
  }

  private void assertExit(int status, Process sluice) throws InterruptedException {
    assertTrue(sluice.waitFor(60, TimeUnit.SECONDS), this::logged);
    assertEquals(status, sluice.exitValue(), this::logged);
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String logged() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
