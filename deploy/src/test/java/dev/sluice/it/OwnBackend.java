package dev.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/**
 * A backend that a test starts from its binary, and may stop and start again with the same data.
 */
final class OwnBackend implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int STOP_SECONDS = 60;

  private final String name;
  private final String url;
  private final String ready;
  private final List<String> command;
  private final Path log;
  private Process process;

  private OwnBackend(String name, String url, String ready, List<String> command, Path log) {
    this.name = name;
    this.url = url;
    this.ready = ready;
    this.command = command;
    this.log = log;
    process = launch();
    awaitReady();
  }

  /** A Prometheus that takes remote write, but nothing out of order. */
  static OwnBackend prometheus() {
    return prometheusWith("global: {scrape_interval: 1h}\n");
  }

  /** A Prometheus that evaluates rules and scrapes one target, each second. */
  static OwnBackend prometheus(Path rules, String target) {
    return prometheusWith(
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [%s]
        scrape_configs: [{job_name: sluice, static_configs: [{targets: ["%s"]}]}]
        """
            .formatted(rules.toAbsolutePath(), target));
  }

  private static OwnBackend prometheusWith(String configuration) {
    Path binary = Backends.binary("prometheus");
    int port = Ports.free(1).getFirst();
    Path folder = folder("prometheus");
    Path config = write(folder.resolve("prometheus.yaml"), configuration);
    return new OwnBackend(
        "Prometheus",
        "http://127.0.0.1:" + port,
        "/-/ready",
        List.of(
            binary.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port,
            "--web.enable-remote-write-receiver"),
        folder.resolve("log"));
  }

  static OwnBackend loki() {
    Path binary = Backends.binary("loki");
    List<Integer> ports = Ports.free(2);
    Path folder = folder("loki");
    String config =
        """
        auth_enabled: false
        server:
          http_listen_address: 127.0.0.1
          http_listen_port: %d
          grpc_listen_address: 127.0.0.1
          grpc_listen_port: %d
          log_level: warn
        common:
          path_prefix: %s
          replication_factor: 1
          instance_addr: 127.0.0.1
          ring: {kvstore: {store: inmemory}}
          storage: {filesystem: {chunks_directory: %s/chunks, rules_directory: %s/rules}}
        ingester: {lifecycler: {min_ready_duration: 0s}}
        schema_config:
          configs:
            - from: "2024-01-01"
              store: tsdb
              object_store: filesystem
              schema: v13
              index: {prefix: index_, period: 24h}
        analytics: {reporting_enabled: false}
        """
            .formatted(ports.get(0), ports.get(1), folder, folder, folder);
    return new OwnBackend(
        "Loki",
        "http://127.0.0.1:" + ports.getFirst(),
        "/ready",
        List.of(binary.toString(), "-config.file=" + write(folder.resolve("loki.yaml"), config)),
        folder.resolve("log"));
  }

  private static Path folder(String name) {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), name)
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return url;
  }

  /** Starts it again, on the same port and data, and waits until it is ready. */
  void start() {
    process = launch();
    awaitReady();
    Evidence.show("%s is back", name);
  }

  /** Stops it as its operator would, and waits until it has gone. */
  void stop() {
    process.destroy();
    try {
      boolean gone = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      Assertions.assertTrue(gone, () -> name + " does not stop; see " + log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Evidence.show("%s is stopped", name);
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try {
      Await.until(
          name + " is ready, see " + log,
          START_LIMIT,
          () -> Http.get(url + ready).status(),
          status -> status == 200);
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
