package dev.sluice;

import dev.sluice.config.GoDuration;
import dev.sluice.config.Problem;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.telemetry.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the collector from its start to a signal, and lets it end in order.
 *
 * <p>SIGTERM or SIGINT stops it; a second one ends the process at once. One thread runs it; signals
 * come on others.
 */
final class Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(Service.class);
  private static final long DEAD_LETTER_BYTES_MAX = 256L << 20;
  private static final int SIGNALLED = 128;
  private static final int INT = 2;
  private static final int TERM = 15;

  private final Host host;
  private final Components components;
  private final Memory memory;
  private final String version;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger signals = new AtomicInteger();

  Service(Host host, Components components, Memory memory, String version) {
    this.host = host;
    this.components = components;
    this.memory = memory;
    this.version = version;
  }

  /** Runs until a signal; returns the exit code. */
  int run(Command.Run run, Configuration configuration) {
    Logs.install(configuration.blueprint().telemetry().logs(), host.err());
    configuration.problems().warnings().forEach(Service::warn);
    if (!run.featureGates().isEmpty()) {
      LOGGER.warn("--feature-gates has no effect: Sluice has none of the Collector's gates");
    }
    handleSignals();
    try {
      return run(run, configuration.blueprint());
    } catch (IOException e) {
      host.err().println("Sluice cannot start: " + e.getMessage());
      return Main.FAILED;
    }
  }

  private int run(Command.Run run, Blueprint blueprint) throws IOException {
    Journals journals =
        Journals.open(blueprint, host, DataFolder.choose(host, run.dataFolder()).path());
    DeadLetterFolder deadLetters = run.sources().embedded() ? null : deadLetters(run);
    Path ledger =
        deadLetters == null
            ? null
            : DataFolder.choose(host, run.dataFolder()).path().resolve("ledger");
    Collector collector =
        new Wiring(host, components, blueprint, memory, journals, version, ledger)
            .build(deadLetters);
    try {
      collector.start();
    } catch (IOException e) {
      collector.stop(Duration.ZERO);
      throw e;
    }
    if (run.sources().embedded()) {
      host.out().print(Banner.text(host, version));
      host.out().flush();
    } else {
      LOGGER.info("Sluice {} is ready", version);
    }
    await();
    String timeout = GoDuration.format(run.shutdownTimeout());
    LOGGER.info("stopping; for {}, what is held is delivered", timeout);
    collector.stop(run.shutdownTimeout());
    LOGGER.info("stopped");
    return Main.OK;
  }

  private void handleSignals() {
    host.signals().on("TERM", () -> signalled(TERM));
    host.signals().on("INT", () -> signalled(INT));
    host.signals()
        .on("HUP", () -> LOGGER.info("SIGHUP is ignored: restart to read the configuration again"));
  }

  private void signalled(int number) {
    if (signals.incrementAndGet() > 1) {
      LOGGER.warn("a second signal: ending at once");
      host.signals().exitNow(SIGNALLED + number);
    }
    asked.countDown();
  }

  private void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      // The one who runs this in a thread of his own wants it to stop.
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable DeadLetterFolder deadLetters(Command.Run run) throws IOException {
    DataFolder data = DataFolder.choose(host, run.dataFolder());
    Path folder = data.path().resolve("dead-letters");
    try {
      return DeadLetterFolder.open(folder, DEAD_LETTER_BYTES_MAX, host.clock(), host.threads());
    } catch (IOException e) {
      if (data.chosen()) {
        throw new IOException("the data folder: " + reason(e), e);
      }
      LOGGER.warn(
          "going on without dead letters, so what a backend refuses is dropped and counted; --data-dir"
              + " gives them a folder: {}",
          reason(e));
      return null;
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static void warn(Problem problem) {
    LOGGER.warn("{}: {}: {}", problem.at(), problem.path(), problem.message());
  }
}
