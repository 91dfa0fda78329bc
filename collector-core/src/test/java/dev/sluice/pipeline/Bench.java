package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A ring with exporters whose senders a test turns by hand. */
final class Bench {
  static final SenderSettings SETTINGS =
      SenderSettings.DEFAULTS.withQueue(
          new QueueSettings(1, QueueSettings.UNLIMITED, Sizer.REQUESTS, false, Retention.DEFAULTS));

  static final Ledger.Entrance NOBODY = Ledger.NONE.entrance("otlp", Signal.LOGS, List.of());

  final ManualClock clock = new ManualClock();

  /** Starts nothing: a test turns what would run. */
  final Threads threads = (role, body) -> new Thread(body, role);

  final MemoryBudget memory = new MemoryBudget(1 << 20);
  final Meters meters = new Meters();
  final Ring ring = new Ring(memory, Long.MAX_VALUE, clock);
  final Intake intake;
  final List<Admission> answers = new ArrayList<>();
  final List<DeadLetters.Letter> buried = new ArrayList<>();

  private final Ledger ledger;

  Bench() {
    this(Ledger.NONE);
  }

  Bench(Ledger ledger) {
    this.ledger = ledger;
    Ledger.Entrance entrance = ledger.entrance("otlp", Signal.LOGS, List.of("logs"));
    intake = new FanOut(List.of(ring), memory, clock, threads, entrance);
  }

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
    Cursor cursor = new Cursor(ring, settings.queue(), batch, lag, clock, accounts);
    Sender sender =
        new Sender(id, exporter, cursor, settings, clock, () -> 1.0, new DeliveryLog(id, clock));
    return new Way(id, cursor, sender);
  }

  private int ways;

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
