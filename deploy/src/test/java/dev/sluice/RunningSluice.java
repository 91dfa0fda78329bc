package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program in this process, on ports of its own, with the configuration that a test gives; the
 * embedded one when it gives none. To be closed.
 */
final class RunningSluice implements AutoCloseable {
  /** To be given by a test whose configuration has the exporter {@code recent}. */
  static final String RECENT = "--set=exporters.recent.max_age=10m";

  private static final long WAIT_SECONDS = 60;

  final TestHost host = new TestHost();
  final int grpc;
  final int http;
  final int health;
  final int metrics;
  final int recent;

  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Integer> exit;

  private RunningSluice(List<Integer> ports, List<String> arguments) {
    grpc = ports.get(0);
    http = ports.get(1);
    health = ports.get(2);
    metrics = ports.get(3);
    recent = ports.get(4);
    List<String> all = new ArrayList<>(arguments);
    all.add("--set=receivers.otlp.protocols.grpc.endpoint=localhost:" + grpc);
    all.add("--set=receivers.otlp.protocols.http.endpoint=localhost:" + http);
    all.add("--set=extensions.health_check.endpoint=localhost:" + health);
    if (arguments.stream().noneMatch(given -> given.startsWith("--set=service.extensions="))) {
      all.add("--set=service.extensions=[health_check]");
    }
    all.add("--set=service.telemetry.metrics.address=localhost:" + metrics);
    if (arguments.isEmpty() || arguments.contains(RECENT)) {
      all.add("--set=exporters.recent.endpoint=localhost:" + recent);
    }
    exit = CompletableFuture.supplyAsync(() -> host.run(all.toArray(String[]::new)));
  }

  /** Starts it and waits until it is ready. */
  static RunningSluice start(String... arguments) throws Exception {
    RunningSluice sluice = new RunningSluice(freePorts(5), List.of(arguments));
    while (!sluice.isReady()) {
      assertFalse(sluice.exit.isDone(), sluice.host::err);
      Thread.onSpinWait();
    }
    return sluice;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get(health, "/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends OTLP over HTTP. */
  HttpResponse<String> post(String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Waits for the end; the exit code. */
  int awaitExit() {
    return exit.copy().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Stops it as SIGTERM does, and expects that it leaves nothing behind. */
  @Override
  public void close() {
    client.close();
    if (!exit.isDone()) {
      host.signal("TERM");
    }
    assertEquals(0, awaitExit(), host::err);
    try {
      assertEquals(List.of(), host.leaked());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Different ports that are free now. */
  static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
