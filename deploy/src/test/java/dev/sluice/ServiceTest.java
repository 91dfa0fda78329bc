package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, signals and the end, in this process. */
class ServiceTest {
  private static final String CONFIG =
      """
      receivers: {otlp: {protocols: {grpc: , http: }}}
      exporters:
        otlp_http:
          endpoint: http://127.0.0.1:%d
          retry_on_failure: {initial_interval: 10ms}
      extensions: {health_check: }
      service:
        pipelines:
          traces: {receivers: [otlp], exporters: [otlp_http]}
      """;

  @TempDir private Path folder;

  @Test
  void whatIsHeldIsDeliveredBeforeTheEnd() throws Exception {
    try (StubBackend backend = new StubBackend();
        RunningSluice sluice = start(backend, "30s")) {
      accept(sluice);
      backend.awaitRequest();
      assertEquals(0, backend.answered());

      sluice.host.signal("TERM");
      while (sluice.get(sluice.health, "/ready").statusCode() == 200) {
        Thread.onSpinWait();
      }
      assertEquals(200, sluice.get(sluice.health, "/").statusCode());
      assertTrue(
          sluice.get(sluice.health, "/status").body().startsWith("{\"status\":\"draining\""));

      backend.letGo();
      assertEquals(0, sluice.awaitExit());
      assertEquals(1, backend.answered());
      assertTrue(sluice.host.err().contains("stopped"), sluice.host::err);
      assertTrue(!sluice.host.err().contains("\terror\t"), sluice.host::err);
    }
  }

  @Test
  void whatCannotBeDeliveredInTimeIsKeptAsDeadLetters() throws Exception {
    try (StubBackend backend = new StubBackend();
        RunningSluice sluice = start(backend, "100ms")) {
      accept(sluice);
      backend.awaitRequest();
      sluice.host.signal("INT");
      assertEquals(0, sluice.awaitExit());
      assertEquals(0, backend.answered());
    }
    try (var letters = Files.list(folder.resolve("data").resolve("dead-letters"))) {
      List<String> names = letters.map(file -> file.getFileName().toString()).toList();
      assertTrue(names.stream().anyMatch(name -> name.endsWith(".pb")), names::toString);
    }
  }

  @Test
  void aSecondSignalEndsAtOnce() throws Exception {
    try (StubBackend backend = new StubBackend();
        RunningSluice sluice = start(backend, "1h")) {
      accept(sluice);
      backend.awaitRequest();
      sluice.host.signal("TERM");
      assertEquals(List.of(), sluice.host.exits());
      sluice.host.signal("TERM");
      assertEquals(List.of(143), sluice.host.exits());
      backend.letGo();
    }
  }

  @Test
  void hangUpChangesNothing() throws Exception {
    try (StubBackend backend = new StubBackend();
        RunningSluice sluice = start(backend, "30s")) {
      sluice.host.signal("HUP");
      assertTrue(sluice.host.err().contains("SIGHUP is ignored"), sluice.host::err);
      assertEquals(200, sluice.get(sluice.health, "/ready").statusCode());
    }
  }

  @Test
  void aBusyPortIsNamedWithWhatConfiguresIt() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "localhost:" + busy.getLocalPort();
      TestHost receiver = new TestHost();
      assertEquals(1, receiver.run(embedded("receivers.otlp.protocols.grpc.endpoint", endpoint)));
      assertBusy(receiver, "receivers::otlp", busy);

      TestHost health = new TestHost();
      assertEquals(1, health.run(embedded("extensions.health_check.endpoint", endpoint)));
      assertBusy(health, "extensions::health_check", busy);

      TestHost metrics = new TestHost();
      assertEquals(1, metrics.run(embedded("service.telemetry.metrics.address", endpoint)));
      assertBusy(metrics, "service::telemetry::metrics", busy);
    }
  }

  private static void assertBusy(TestHost host, String path, ServerSocket busy)
      throws InterruptedException {
    assertTrue(host.err().contains("Sluice cannot start: " + path + ": "), host::err);
    assertTrue(host.err().contains(String.valueOf(busy.getLocalPort())), host::err);
    assertEquals(List.of(), host.leaked());
  }

  /** The embedded configuration on free ports, with one endpoint set. */
  private static String[] embedded(String key, String endpoint) throws IOException {
    List<Integer> free = FreePorts.find(5);
    return new String[] {
      "--set=receivers.otlp.protocols.grpc.endpoint=localhost:" + free.get(0),
      "--set=receivers.otlp.protocols.http.endpoint=localhost:" + free.get(1),
      "--set=extensions.health_check.endpoint=localhost:" + free.get(2),
      "--set=exporters.recent.endpoint=localhost:" + free.get(3),
      "--set=service.telemetry.metrics.address=localhost:" + free.get(4),
      "--set=" + key + "=" + endpoint
    };
  }

  @Test
  void aDataFolderThatWasChosenMustBeThere() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    TestHost host = new TestHost();
    String config = config(1);
    assertEquals(1, host.run("--config", config, "--data-dir", file.toString()));
    assertTrue(host.err().contains("Sluice cannot start: the data folder"), host::err);
  }

  private RunningSluice start(StubBackend backend, String shutdownTimeout) throws Exception {
    return RunningSluice.start(
        "--config=" + config(backend.port()),
        "--data-dir=" + folder.resolve("data"),
        "--shutdown-timeout=" + shutdownTimeout);
  }

  private String config(int port) throws IOException {
    return Files.writeString(folder.resolve("sluice.yaml"), CONFIG.formatted(port)).toString();
  }

  private static void accept(RunningSluice sluice) throws Exception {
    byte[] request = OtlpRequests.span("one");
    assertEquals(200, sluice.post("/v1/traces", OtlpRequests.PROTOBUF, request).statusCode());
  }
}
