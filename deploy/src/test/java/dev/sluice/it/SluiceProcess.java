package dev.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/**
 * The packaged product as a process. Configurations are the YAML files beside this class; they read
 * their ports and the backends' addresses from the environment.
 */
final class SluiceProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Path RESOURCES = Path.of("src/test/resources/dev/sluice/it");
  private static final int TAIL_LINES = 40;

  private final String name;
  private final Path folder;
  private final Ports ports;
  private final Process process;

  private SluiceProcess(String name, Path folder, Ports ports, Process process) {
    this.name = name;
    this.folder = folder;
    this.ports = ports;
    this.process = process;
  }

  /**
   * Starts it and waits until it takes requests.
   *
   * @param config a file beside this class; empty for the embedded default on its fixed ports
   * @param environment more variables for the configuration
   */
  static SluiceProcess start(String config, Map<String, String> environment) {
    Ports ports = config.isEmpty() ? Ports.FIXED : Ports.free();
    String name = config.isEmpty() ? "embedded" : config.replace(".yaml", "");
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), name);
      List<String> command = new ArrayList<>();
      command.add(launcher().toString());
      if (!config.isEmpty()) {
        command.add("--config");
        command.add(RESOURCES.resolve(config).toString());
        command.add("--data-dir");
        command.add(folder.resolve("data").toString());
      }
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.environment().putAll(ports.environment());
      builder.redirectErrorStream(true).redirectOutput(folder.resolve("sluice.log").toFile());
      SluiceProcess sluice = new SluiceProcess(name, folder, ports, builder.start());
      sluice.awaitReady();
      return sluice;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The launcher of the distribution that the build made, or the one that the environment names.
   */
  private static Path launcher() {
    String other = Backends.environment("SLUICE_IT_LAUNCHER");
    Path launcher = other.isEmpty() ? Path.of("target/dist/sluice") : Path.of(other);
    Assertions.assertTrue(
        Files.isExecutable(launcher), () -> launcher.toAbsolutePath() + " is not there: package");
    return launcher.toAbsolutePath();
  }

  private void awaitReady() {
    long start = System.nanoTime();
    try {
      Await.until(
          "ready", START_LIMIT, () -> !process.isAlive() || isReady(), Boolean::booleanValue);
      Assertions.assertTrue(process.isAlive(), () -> "it has ended:\n" + logTail());
    } catch (AssertionError e) {
      kill();
      throw new AssertionError(name + " did not become ready:\n" + logTail(), e);
    }
    Evidence.show("%s ready in %d ms: %s", name, (System.nanoTime() - start) / 1_000_000, ports);
  }

  private boolean isReady() {
    return Http.get(health() + "/ready").status() == 200;
  }

  private String health() {
    return "http://127.0.0.1:" + ports.health();
  }

  Ports ports() {
    return ports;
  }

  /** The address for OTLP over gRPC, as host:port. */
  String grpc() {
    return "127.0.0.1:" + ports.grpc();
  }

  /** The root URL for OTLP over HTTP. */
  String http() {
    return "http://127.0.0.1:" + ports.http();
  }

  /** Its own account of everything. */
  Ledger ledger() {
    String metrics = Http.getOk("http://127.0.0.1:" + ports.metrics() + "/metrics").text();
    return Ledger.read(metrics, Http.getOk(health() + "/status").json());
  }

  /** What it says of the conservation law. */
  Json law() {
    return api("/api/conservation").json();
  }

  /** A page of its API. */
  Http.Answer api(String path) {
    return Http.getOk("http://127.0.0.1:" + ports.api() + path);
  }

  /** What the store of recent telemetry shows for {@code traces}, {@code metrics}, {@code logs}. */
  Json recent(String signal) {
    String url = "http://127.0.0.1:" + ports.recent() + "/api/recent/" + signal;
    return Http.getOk(url + "?limit=100000").json();
  }

  /**
   * A dead letter.
   *
   * @param note who lost it and why
   * @param request what was lost, as OTLP
   */
  record DeadLetter(String note, byte[] request) {}

  /** What was lost and kept. */
  List<DeadLetter> deadLetters() throws IOException {
    Path folderOfLetters = folder.resolve("data").resolve("dead-letters");
    List<DeadLetter> letters = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folderOfLetters, "*.txt")) {
      for (Path note : files) {
        Path request = Path.of(note.toString().replaceFirst("txt$", "pb"));
        letters.add(new DeadLetter(Files.readString(note), Files.readAllBytes(request)));
      }
    }
    return letters;
  }

  /** Whether its log so far has a line with the text. */
  boolean hasLogged(String text) throws IOException {
    return Files.readString(folder.resolve("sluice.log")).contains(text);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop, as a supervisor does. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it has ended by itself, which must be with exit code 0. */
  void awaitExit() {
    try {
      Assertions.assertTrue(
          process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS),
          () -> name + " does not stop:\n" + logTail());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Assertions.assertEquals(
        0, process.exitValue(), () -> "exit code of " + name + ":\n" + logTail());
    Assertions.assertFalse(
        logTail().contains("unaccounted"), () -> "the law at the end:\n" + logTail());
  }

  /** Stops it by SIGTERM, expecting exit code 0. */
  void stop() {
    long start = System.nanoTime();
    terminate();
    awaitExit();
    Evidence.show("%s: SIGTERM, exit 0 in %d ms", name, (System.nanoTime() - start) / 1_000_000);
  }

  /** Ends it at once; harmless when it has ended. */
  void kill() {
    process.destroyForcibly();
  }

  /** The end of its log. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("sluice.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
