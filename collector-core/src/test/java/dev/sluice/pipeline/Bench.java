package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ring with exporters whose senders a test turns by hand. */
final class Bench {
  static final SenderSettings SETTINGS =
      SenderSettings.DEFAULTS.withQueue(
          new QueueSettings(1, QueueSettings.UNLIMITED, Sizer.REQUESTS, false, Retention.DEFAULTS));

  static final Ledger.Entrance NOBODY = Ledger.NONE.entrance("otlp", Signal.LOGS, List.of());

  final ManualClock clock;

  /** Starts nothing: a test turns what would run. */
  final Threads threads = (role, body) -> new Thread(body, role);

  final MemoryBudget memory = new MemoryBudget(1 << 20);
  final Meters meters = new Meters();
  final @Nullable MemoryJournal journal;
  final Ring ring;
  final Intake intake;
  final List<Admission> answers = new ArrayList<>();
  final List<DeadLetters.Letter> buried = new ArrayList<>();

  private final Ledger ledger;

  /** Switched off, dead letters cannot be kept. */
  boolean keepsDeadLetters = true;

  Way way(ScriptedExporter exporter, SenderSettings settings, BatchSettings batch, long budget) {
    String id = "exporter/" + (char) ('a' + ways++);
    Undertaker undertaker =
        (telemetry, rule, reason, kept) -> bury(id, telemetry, rule, reason, kept);
    Accounts accounts =
        new Accounts(
            ring.lock,
            undertaker,
            meters.exporter(id, "logs", Signal.LOGS),
            ledger.exit("logs", id),
            clock);
    Lag lag = new Lag(settings.queue(), budget);
    Cursor cursor = cursor(id, settings, batch, lag, accounts);
    Sender sender =
        new Sender(id, exporter, cursor, settings, clock, () -> 1.0, new DeliveryLog(id, clock));
    return new Way(id, cursor, sender);
  }

  private int ways;

  Bench() {
    this(Ledger.NONE);
  }

  Bench(Ledger ledger) {
    this(null, new ManualClock(), ledger);
  }

  /** A bench whose exporters follow a journal. */
  Bench(MemoryJournal journal, ManualClock clock) {
    this(journal, clock, Ledger.NONE);
  }

  private Bench(@Nullable MemoryJournal journal, ManualClock clock, Ledger ledger) {
    this.journal = journal;
    this.clock = clock;
    this.ledger = ledger;
    ring = new Ring(memory, Long.MAX_VALUE, clock, journal);
    Ledger.Entrance entrance = ledger.entrance("otlp", Signal.LOGS, List.of("logs"));
    intake = new FanOut(List.of(ring), memory, clock, threads, entrance);
  }

  private Cursor cursor(
      String id, SenderSettings settings, BatchSettings batch, Lag lag, Accounts accounts) {
    QueueSettings queue = settings.queue();
    if (journal == null || !queue.storage().isThere()) {
      return new Cursor(ring, queue, batch, lag, null, clock, accounts);
    }
    Spill spill = new Spill(journal.reader(), batch, queue.storage().liveShare(true));
    Cursor cursor = new Cursor(ring, queue, batch, lag, spill, clock, accounts);
    cursor.resume(journal.follow(id, Pipeline.follower(cursor)));
    return cursor;
  }

  private boolean bury(
      String id, Telemetry telemetry, String rule, String reason, Consumer<String> kept) {
    if (!keepsDeadLetters) {
      return false;
    }
    buried.add(new DeadLetters.Letter("logs", id, rule, reason, telemetry));
    kept.accept("letter.pb");
    return true;
  }

  Admission offer(Telemetry telemetry) {
    int before = answers.size();
    intake.accept(telemetry, answers::add);
    return answers.size() > before ? answers.getLast() : null;
  }

  List<String> buriedBodies() {
    return Samples.bodies(buried.stream().map(DeadLetters.Letter::telemetry).toList());
  }

  /** One exporter on the bench. */
  record Way(String id, Cursor cursor, Sender sender) {
    /** Turns the sender until it has nothing to do at this moment. */
    void work() {
      while (sender.doWork() == 0) {
        // one turn after the other
      }
    }

    PipelineStatus.Exporter status() {
      return cursor.status(id);
    }
  }

  static SenderSettings retrying(RetrySettings retry) {
    return SETTINGS.withRetry(retry);
  }

  static BatchSettings batch(long min, long max, Duration flush) {
    return new BatchSettings(min, max, Sizer.ITEMS, flush);
  }
}
