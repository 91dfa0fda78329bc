package dev.sluice.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program as a process with a journal on disk, that can be killed and started again on it. Used
 * by one thread.
 */
final class DurableSluice implements AutoCloseable {
  private static final String CONFIG =
      """
      receivers: {otlp: {protocols: {http: {endpoint: localhost:%d}}}}
      exporters:
        otlp_http:
          endpoint: http://127.0.0.1:%d
          compression: none
          sending_queue: {storage: file_storage}
          retry_on_failure: {initial_interval: 50ms, max_interval: 200ms}
      extensions:
        health_check: {endpoint: localhost:%d}
        file_storage: {directory: "%s", %s}
      service:
        extensions: [health_check, file_storage]
        telemetry: {metrics: {level: none}}
        pipelines:
          traces: {receivers: [otlp], exporters: [otlp_http]}
      """;

  private final Path folder;
  private final int http;
  private final int health;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;

  private DurableSluice(Path folder, int http, int health, Process process) {
    this.folder = folder;
    this.http = http;
    this.health = health;
    this.process = process;
  }

  /**
   * Starts it; it may fail.
   *
   * @param folder of its configuration, log and dead letters
   * @param storage keys of {@code file_storage}, as {@code fsync: true}
   */
  static DurableSluice launch(
      Path folder, Path journal, List<Integer> ports, int backend, String storage)
      throws IOException {
    String yaml = CONFIG.formatted(ports.get(0), backend, ports.get(1), journal, storage);
    Path config = Files.writeString(folder.resolve("sluice.yaml"), yaml);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx144m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.Main",
                "--config=" + config,
                "--data-dir=" + folder.resolve("data")));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("sluice.log").toFile()))
            .start();
    return new DurableSluice(folder, ports.get(0), ports.get(1), process);
  }

  /** Waits until it takes requests. */
  DurableSluice awaitReady() throws Exception {
    while (!"200".equals(get("/ready"))) {
      assertTrue(process.isAlive(), this::logged);
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  int http() {
    return http;
  }

  /** The status code of a page of health_check; a word when nobody answers. */
  private String get(String path) throws InterruptedException {
    try {
      return "" + client.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return "none";
    }
  }

  /** What {@code /status} says. */
  String status() throws IOException, InterruptedException {
    return client.send(request("/status"), HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health + path)).build();
  }

  boolean isReady() throws InterruptedException {
    return get("/ready").equals("200");
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    client.close();
  }

  /** SIGTERM; the exit code has to be 0. */
  void terminate() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), this::logged);
    assertEquals(0, process.exitValue(), this::logged);
    client.close();
  }

  /** The exit code of a start that fails. */
  int awaitExit() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), this::logged);
    return process.exitValue();
  }

  String logged() {
    try {
      return Files.readString(folder.resolve("sluice.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
