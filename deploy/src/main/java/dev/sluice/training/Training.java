package dev.sluice.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One training run: starts the command that it is given, which is Sluice's, with {@code
 * training.yaml}; sends it load for {@link #LOAD}; ends it by SIGTERM and waits until it is gone.
 * The command says by itself what to write down ({@code -XX:AOTCacheOutput}). One thread.
 *
 * <p>All ports are free ones of loopback. Nothing waits for longer than {@link #PATIENCE}.
 */
public final class Training {
  /** Long enough for the second compiler to have seen the hot paths. */
  private static final Duration LOAD = Duration.ofSeconds(6);

  /** For the start, and for the end, in which the JVM writes the cache. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long POLL_MILLIS = 20;

  private final List<String> command;
  private final Sink sink;

  Training(List<String> command, Sink sink) {
    this.command = command;
    this.sink = sink;
  }

  /** Runs; exits with 0 when the command did. */
  public static void main(String[] command) throws Exception {
    try (Sink sink = new Sink()) {
      System.exit(new Training(List.of(command), sink).run(LOAD));
    }
  }

  /**
   * Runs until all exporters have delivered, and at least for {@code load}.
   *
   * @return the exit code of the command
   * @throws IOException when it does not start, answer, deliver or end
   */
  int run(Duration load) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-training");
    try {
      Ports ports = Ports.find();
      Process process = start(folder, ports);
      try {
        drive(process, new Load(ports), load);
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IOException("it did not end within " + PATIENCE);
        }
        return process.exitValue();
      } finally {
        process.destroyForcibly();
      }
    } finally {
      delete(folder);
    }
  }

  private Process start(Path folder, Ports ports) throws IOException {
    Path config = folder.resolve("training.yaml");
    try (InputStream text = Training.class.getResourceAsStream("training.yaml")) {
      Files.copy(Objects.requireNonNull(text), config);
    }
    List<String> line = new ArrayList<>(command);
    line.add("--config=" + config);
    line.add("--data-dir=" + folder.resolve("data"));
    line.add("--shutdown-timeout=5s");
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    Map<String, Integer> variables =
        Map.of(
            "HTTP", ports.http(),
            "GRPC", ports.grpc(),
            "HEALTH", ports.health(),
            "METRICS", ports.metrics(),
            "RECENT", ports.recent(),
            "SINK", sink.port());
    variables.forEach(
        (name, port) -> builder.environment().put("SLUICE_TRAINING_" + name, port.toString()));
    return builder.start();
  }

  private void drive(Process process, Load load, Duration duration)
      throws IOException, InterruptedException {
    Instant patience = Instant.now().plus(PATIENCE);
    while (!load.isReady()) {
      if (Instant.now().isAfter(patience) || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("it did not become ready");
      }
    }
    Instant end = Instant.now().plus(duration);
    Instant now = Instant.now();
    do {
      load.run(now);
      now = Instant.now();
      if (now.isAfter(patience.plus(duration))) {
        throw new IOException("not all exporters delivered, only to " + sink.paths());
      }
    } while (now.isBefore(end) || !sink.paths().containsAll(Sink.BACKENDS));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
