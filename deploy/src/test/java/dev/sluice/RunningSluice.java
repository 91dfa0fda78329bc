package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.it.ConservationLaw;
import java.io.IOException;
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
  private final boolean ownExtensions;

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
    all.add("--set=service.telemetry.metrics.address=localhost:" + metrics);
    if (arguments.isEmpty() || arguments.contains(RECENT)) {
      all.add("--set=exporters.recent.endpoint=localhost:" + recent);
    }
    ownExtensions =
        arguments.stream().anyMatch(given -> given.startsWith("--set=service.extensions="));
    if (arguments.isEmpty()) {
      all.add("--set=service.extensions=[health_check]");
    } else if (!ownExtensions) {
      all.add("--set=extensions.api.endpoint=localhost:" + recent);
      all.add("--set=service.extensions=[health_check,api]");
    }
    exit = CompletableFuture.supplyAsync(() -> host.run(all.toArray(String[]::new)));
  }

  /** Starts it and waits until it is ready. */
  static RunningSluice start(String... arguments) throws Exception {
    RunningSluice sluice = new RunningSluice(FreePorts.find(5), List.of(arguments));
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

  /**
   * Stops it as SIGTERM does, and expects that it leaves nothing behind and that the conservation
   * law holds, before and after.
   */
  @Override
  public void close() {
    if (!exit.isDone()) {
      if (!ownExtensions) {
        awaitLaw(); // else its pages may be closed to us
      }
      host.signal("TERM");
    }
    client.close();
    assertEquals(0, awaitExit(), host::err);
    assertFalse(host.err().contains("unaccounted"), host::err);
    try {
      assertEquals(List.of(), host.leaked());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the pages agree, which are read one after the other, or until it has ended. */
  private void awaitLaw() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    List<String> violations = violations();
    while (!violations.isEmpty() && !exit.isDone() && System.nanoTime() - deadline < 0) {
      violations = violations();
    }
    assertTrue(exit.isDone() || violations.isEmpty(), violations + "\n" + host.err());
  }

  private List<String> violations() {
    try {
      return ConservationLaw.violations(
          get(metrics, "/metrics").body(),
          get(health, "/status").body(),
          get(recent, "/api/conservation").body());
    } catch (IOException e) {
      return List.of(e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
