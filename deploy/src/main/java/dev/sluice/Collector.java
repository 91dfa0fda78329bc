package dev.sluice;

import dev.sluice.auth.Authenticators;
import dev.sluice.ledger.Conservation;
import dev.sluice.ledger.ConservationCheck;
import dev.sluice.ledger.TelemetryLedger;
import dev.sluice.pages.PageServer;
import dev.sluice.pages.StatusReport;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineStatus;
import dev.sluice.pipeline.Receiver;
import dev.sluice.pipeline.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs, wired. Started and stopped by one thread; pages ask it from theirs.
 *
 * <p>It starts as data flows backwards, and stops as data flows: first nothing more is accepted,
 * then what is in flight is answered, then what is held is delivered, last the pages close.
 */
final class Collector {
  private static final Logger LOGGER = LoggerFactory.getLogger(Collector.class);

  /** What receivers may take to answer what is in flight, of the time for stopping. */
  private static final int RECEIVERS_SHARE = 3;

  private static final long PAGES_NANOS = Duration.ofSeconds(1).toNanos();

  private final Parts parts;
  private volatile Phase phase = Phase.STARTING;

  /**
   * What it consists of.
   *
   * @param receivers by id
   * @param deadLetters null when nothing is kept
   */
  record Parts(
      Map<String, Receiver> receivers,
      List<Pipeline> pipelines,
      List<Served> pages,
      MemoryBudget memory,
      Journals journals,
      @Nullable DeadLetterFolder deadLetters,
      TelemetryLedger ledger,
      ConservationCheck law,
      Guards guards,
      Clock clock,
      Threads threads) {}

  /** What keeps certificates and credentials as they are now. */
  record Guards(Reloader reloader, Authenticators authenticators) {}

  /**
   * A page and its port.
   *
   * @param path the keys that configure it, for messages
   * @param optional whether to go on without it when the port is taken
   */
  record Served(String path, PageServer server, boolean optional) {}

  private enum Phase {
    STARTING("starting"),
    READY("ready"),
    DRAINING("draining");

    private final String label;

    Phase(String label) {
      this.label = label;
    }
  }

  Collector(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts everything; after an exception {@link #stop} is still to be called.
   *
   * @throws IOException when a port cannot be had, with the component and the address
   */
  void start() throws IOException {
    parts.ledger.start(parts.threads);
    parts.guards.reloader.start();
    parts.pipelines.forEach(Pipeline::start);
    for (Served page : parts.pages) {
      start(page);
    }
    for (Map.Entry<String, Receiver> receiver : parts.receivers.entrySet()) {
      try {
        receiver.getValue().start();
      } catch (IOException e) {
        throw new IOException("receivers::" + receiver.getKey() + ": " + e.getMessage(), e);
      }
    }
    phase = Phase.READY;
  }

  private void start(Served page) throws IOException {
    try {
      page.server.start(parts.memory, parts.threads);
    } catch (IOException e) {
      if (!page.optional) {
        throw new IOException(page.path + ": " + e.getMessage(), e);
      }
      LOGGER.warn("going on without {}: {}", page.path, e.getMessage());
    }
  }

  /** Whether requests are taken, which a disk that fails also prevents. */
  boolean ready() {
    return phase == Phase.READY && parts.journals.healthy();
  }

  /** The truth about delivery, as JSON. */
  String status() {
    return StatusReport.write(phase.label, parts.memory, pipelines(), parts.journals.status());
  }

  List<PipelineStatus> pipelines() {
    return parts.pipelines.stream().map(Pipeline::status).toList();
  }

  /** Where the page of this role listens, with the real port; null when there is none. */
  @Nullable PageServer page(String role) {
    for (Served page : parts.pages) {
      if (page.server.role().equals(role)) {
        return page.server;
      }
    }
    return null;
  }

  /** Stops everything; what is not delivered within {@code timeout} is given up, and said so. */
  void stop(Duration timeout) {
    phase = Phase.DRAINING;
    long deadline = parts.clock.nanoTime() + timeout.toNanos();
    LongSupplier left = () -> Math.max(0, deadline - parts.clock.nanoTime());
    List<LongConsumer> receivers = new ArrayList<>();
    parts.receivers.values().forEach(receiver -> receivers.add(receiver::stop));
    together("stop-receiver", receivers, left.getAsLong() / RECEIVERS_SHARE);
    List<LongConsumer> pipelines = new ArrayList<>();
    parts.pipelines.forEach(pipeline -> pipelines.add(pipeline::drain));
    together("drain", pipelines, left.getAsLong());
    reportWhatStays();
    reportLosses();
    if (parts.deadLetters != null) {
      parts.deadLetters.close();
    }
    parts.ledger.close();
    reportImbalance();
    parts.pages.forEach(page -> page.server.stop(PAGES_NANOS));
    parts.guards.reloader.stop();
    parts.guards.authenticators.close();
  }

  /** Runs all at once and waits for all: a slow one must not use up the time of the others. */
  private void together(String role, List<LongConsumer> all, long timeoutNanos) {
    List<Thread> threads = new ArrayList<>();
    for (LongConsumer one : all) {
      threads.add(parts.threads.start(role + "-" + threads.size(), () -> one.accept(timeoutNanos)));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** What the disk keeps for the next start. */
  private void reportWhatStays() {
    for (PipelineStatus pipeline : pipelines()) {
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        if (exporter.onDisk() > 0) {
          LOGGER.info(
              "pipeline {}: {} {} for {} stay on disk and are delivered after the next start",
              pipeline.id(),
              exporter.onDisk(),
              pipeline.signal().items(),
              exporter.id());
        }
      }
    }
  }

  private void reportImbalance() {
    Conservation law = parts.law.check();
    if (!law.holds()) {
      LOGGER.error(
          "items are unaccounted for, which is a bug; please report it with this: {}", law);
    }
  }

  private void reportLosses() {
    for (PipelineStatus pipeline : pipelines()) {
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        long lost = exporter.dropped().getOrDefault("shutdown", 0L);
        if (lost > 0) {
          LOGGER.error(
              "pipeline {}: {} {} for {} could not be delivered in time and are lost: {}",
              pipeline.id(),
              lost,
              pipeline.signal().items(),
              exporter.id(),
              exporter.lastError());
        }
      }
    }
  }
}
