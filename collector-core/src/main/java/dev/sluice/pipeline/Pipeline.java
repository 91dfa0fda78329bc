package dev.sluice.pipeline;

import dev.sluice.meters.ExporterMeters;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline of the configuration: a {@link Ring}, and for each exporter a cursor and the senders
 * that work on it. Thread-safe.
 *
 * <p>Life: made with its exporters, {@link #start}, requests come in by {@link #intake}, {@link
 * #drain}.
 */
public final class Pipeline {
  private final String id;
  private final Signal signal;
  private final Ring ring;
  private final @Nullable Journal journal;
  private final Clock clock;
  private final Threads threads;
  private final Ledger ledger;
  private final List<Way> ways = new ArrayList<>();
  private final List<Thread> running = new ArrayList<>();

  /** One way out: an exporter with its cursor and senders. */
  private record Way(String exporterId, Exporter exporter, Cursor cursor, List<Sender> senders) {}

  /**
   * One exporter of a pipeline, made and not yet started.
   *
   * @param id its component id
   */
  public record Exit(String id, Exporter exporter, SenderSettings settings, boolean ordered) {}

  /**
   * What all pipelines share.
   *
   * @param random from 0 to 1, for the jitter of retries
   */
  public record Surroundings(
      MemoryBudget memory,
      Meters meters,
      Clock clock,
      Threads threads,
      DoubleSupplier random,
      DeadLetters deadLetters,
      Ledger ledger) {}

  /**
   * What a pipeline consists of.
   *
   * @param batch the batching of exporters that have none of their own
   * @param bytesMax what the pipeline may hold in memory; its exporters get equal shares, so that
   *     one that is down cannot take the room of the others
   * @param memoryLimitBytes refuse while the process holds this much; the pipeline's {@code
   *     memory_limiter}, or the budget's own limit
   * @param journal what is written before a request is acknowledged, or null; the pipeline closes
   *     it
   */
  public record Plan(
      String id,
      Signal signal,
      List<Exit> exits,
      BatchSettings batch,
      long bytesMax,
      long memoryLimitBytes,
      @Nullable Journal journal) {}

  public Pipeline(Plan plan, Surroundings with) {
    id = plan.id;
    signal = plan.signal;
    journal = plan.journal;
    ledger = with.ledger;
    clock = with.clock;
    threads = with.threads;
    ring = new Ring(with.memory, plan.memoryLimitBytes, with.clock, journal);
    for (Exit exit : plan.exits) {
      ways.add(way(exit, plan.batch, plan.bytesMax / plan.exits.size(), with));
    }
  }

  private Way way(Exit exit, BatchSettings pipelineBatch, long budgetBytes, Surroundings with) {
    SenderSettings settings = exit.settings;
    BatchSettings batch = settings.batch() == null ? pipelineBatch : settings.batch();
    ExporterMeters meters = with.meters.exporter(exit.id, id, signal);
    Undertaker undertaker =
        (telemetry, rule, reason, kept) ->
            with.deadLetters.offer(
                new DeadLetters.Letter(id, exit.id, rule, reason, telemetry), kept);
    Accounts accounts =
        new Accounts(ring.lock, undertaker, meters, with.ledger.exit(id, exit.id), with.clock);
    Cursor cursor = cursor(exit, batch, new Lag(settings.queue(), budgetBytes), with, accounts);
    DeliveryLog log = new DeliveryLog(exit.id, with.clock);
    List<Sender> senders = new ArrayList<>();
    int consumers = exit.ordered ? 1 : settings.queue().consumers();
    for (int i = 0; i < consumers; i++) {
      senders.add(
          new Sender(exit.id, exit.exporter, cursor, settings, with.clock, with.random, log));
    }
    gauges(with.meters, exit.id, settings.queue(), cursor);
    return new Way(exit.id, exit.exporter, cursor, senders);
  }

  /** The exporter's cursor, which follows the journal when the exporter has storage. */
  private Cursor cursor(
      Exit exit, BatchSettings batch, Lag lag, Surroundings with, Accounts accounts) {
    QueueSettings queue = exit.settings.queue();
    if (journal == null || !queue.storage().isThere()) {
      return new Cursor(ring, queue, batch, lag, null, with.clock, accounts);
    }
    Spill spill = new Spill(journal.reader(), batch, queue.storage().liveShare(exit.ordered));
    Cursor cursor = new Cursor(ring, queue, batch, lag, spill, with.clock, accounts);
    cursor.resume(journal.follow(exit.id, follower(cursor)));
    return cursor;
  }

  /** A cursor, as the journal sees it. */
  static Journal.Follower follower(Cursor cursor) {
    return new Journal.Follower() {
      @Override
      public Journal.Pending pending() {
        return cursor.pending();
      }

      @Override
      public boolean tryGiveUp(Journal.Place before, String rule, String reason) {
        return cursor.tryGiveUp(before, rule, reason);
      }
    };
  }

  private void gauges(Meters meters, String exporterId, QueueSettings queue, Cursor cursor) {
    Map<String, String> labels =
        Map.of("exporter", exporterId, "data_type", signal.label(), "pipeline", id);
    meters.gauge(
        "otelcol_exporter_queue_size", labels, () -> size(queue, cursor.status(exporterId)));
    meters.gauge(
        "otelcol_exporter_queue_capacity",
        labels,
        () -> capacity(queue, cursor.status(exporterId)));
    meters.counter(
        "sluice_exporter_accepted_" + signal.items(),
        labels,
        () -> cursor.status(exporterId).accepted());
    meters.gauge("otelcol_exporter_in_flight_requests", labels, cursor.claims()::count);
    meters.gauge("sluice_exporter_held_items", labels, () -> cursor.status(exporterId).held());
    meters.gauge("sluice_exporter_held_bytes", labels, () -> cursor.status(exporterId).heldBytes());
    meters.gauge(
        "sluice_exporter_capacity_bytes", labels, () -> cursor.status(exporterId).capacityBytes());
    meters.gauge(
        "sluice_exporter_oldest_age_seconds",
        labels,
        () -> cursor.status(exporterId).oldestAgeNanos() / 1e9);
  }

  /** How full a queue is, in the unit that limits it: bytes, unless a size is configured. */
  private static double size(QueueSettings queue, PipelineStatus.Exporter status) {
    if (queue.capacity() == QueueSettings.UNLIMITED) {
      return status.heldBytes();
    }
    return switch (queue.sizer()) {
      case REQUESTS -> status.heldRequests();
      case ITEMS -> status.held();
      case BYTES -> status.heldBytes();
    };
  }

  private static double capacity(QueueSettings queue, PipelineStatus.Exporter status) {
    boolean unlimited = queue.capacity() == QueueSettings.UNLIMITED;
    return unlimited ? status.capacityBytes() : queue.capacity();
  }

  /**
   * The way into these pipelines together: a request is admitted to all of them, or refused.
   *
   * @param receiverId who comes in by it
   */
  public static Intake intake(String receiverId, List<Pipeline> pipelines, MemoryBudget memory) {
    Pipeline first = pipelines.getFirst();
    List<Ring> rings = pipelines.stream().map(pipeline -> pipeline.ring).toList();
    List<String> ids = pipelines.stream().map(Pipeline::id).toList();
    return new FanOut(
        rings,
        memory,
        first.clock,
        first.threads,
        first.ledger.entrance(receiverId, first.signal, ids));
  }

  public String id() {
    return id;
  }

  public Signal signal() {
    return signal;
  }

  /** Starts the journal and the senders. */
  public void start() {
    if (journal != null) {
      journal.start();
    }
    for (Way way : ways) {
      int number = 0;
      for (Sender sender : way.senders) {
        running.add(threads.start(id + "-" + way.exporterId + "-" + number++, sender));
      }
    }
  }

  /**
   * Refuses what comes from now on, delivers what is held in memory, gives up what is left when
   * {@code timeoutNanos} have passed, unless it is on disk, and closes the exporters. Blocks until
   * then.
   */
  public void drain(long timeoutNanos) {
    ring.close();
    awaitEmpty(timeoutNanos);
    for (Way way : ways) {
      way.senders.forEach(Sender::stop);
    }
    running.forEach(Thread::interrupt);
    running.forEach(Pipeline::join);
    for (Way way : ways) {
      way.cursor.abandonAll("shutdown", "the process ended before it could be delivered");
      way.exporter.close();
    }
    if (journal != null) {
      journal.close();
      ways.forEach(way -> way.cursor.close());
    }
  }

  private void awaitEmpty(long timeoutNanos) {
    try {
      long left = timeoutNanos;
      for (Way way : ways) {
        left = way.cursor.awaitEmpty(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The truth about the pipeline now. */
  public PipelineStatus status() {
    List<PipelineStatus.Exporter> exporters = new ArrayList<>();
    for (Way way : ways) {
      exporters.add(way.cursor.status(way.exporterId));
    }
    return new PipelineStatus(id, signal, exporters);
  }
}
