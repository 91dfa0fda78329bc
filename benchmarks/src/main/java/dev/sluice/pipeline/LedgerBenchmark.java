package dev.sluice.pipeline;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.ledger.LedgerSettings;
import dev.sluice.ledger.TelemetryLedger;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the ledger adds to a request's way through a ring, from admission to the end of its batch:
 * {@code none} is without it, {@code passing} tells it of requests of which next to none is
 * followed, {@code sampling} is its default. The ledger's own thread runs beside, as in the
 * product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class LedgerBenchmark {
  private static final int REQUESTS = 80;
  private static final int ITEMS = 100;

  @Param({"none", "passing", "sampling"})
  public String ledger = "none";

  @Param({"TRACES", "METRICS", "LOGS"})
  public Signal signal = Signal.TRACES;

  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Clock clock = new BenchmarkClock();
  private Telemetry[] requests = {};
  private Ledger told = Ledger.NONE;
  private Intake intake = (telemetry, reply) -> {};
  private Cursor cursor = cursor(new Ring(memory, Long.MAX_VALUE, clock, null));

  /** Makes the ring, its ledger, and requests of 100 items. */
  @Setup
  public void make() {
    Payloads payloads = new Payloads(42, ITEMS);
    requests = new Telemetry[8];
    Arrays.setAll(requests, i -> payloads.nextTelemetry(signal));
    told =
        switch (ledger) {
          case "passing" -> open(1 << 20);
          case "sampling" -> open(LedgerSettings.DEFAULTS.sampleEvery());
          default -> Ledger.NONE;
        };
    Ring ring = new Ring(memory, Long.MAX_VALUE, clock, null);
    cursor = cursor(ring);
    intake =
        new FanOut(
            List.of(ring),
            memory,
            clock,
            LedgerBenchmark::nobodyWaits,
            told.entrance("otlp", signal, List.of(signal.label())));
  }

  private Ledger open(int every) {
    LedgerSettings settings = new LedgerSettings(every, 8 << 20, 1 << 20);
    TelemetryLedger opened = TelemetryLedger.open(settings, 1, null, clock);
    opened.start((role, body) -> Thread.ofPlatform().daemon().name(role).start(body));
    return opened;
  }

  /** Ends the ledger's thread. */
  @TearDown
  public void close() {
    if (told instanceof TelemetryLedger running) {
      running.close();
    }
  }

  /** Eighty requests are admitted, then taken in batches that are delivered and finished. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int request() {
    for (int i = 0; i < REQUESTS; i++) {
      intake.accept(requests[i % requests.length], LedgerBenchmark::ignore);
    }
    int delivered = 0;
    for (Claim claim = cursor.take(); claim != null; claim = cursor.take()) {
      delivered += claim.heldItems;
      cursor.claims().delivered(claim, List.of());
      cursor.finish(claim);
    }
    return delivered;
  }

  private Cursor cursor(Ring ring) {
    Accounts accounts =
        new Accounts(
            ring.lock,
            (_, _, _, _) -> false,
            new Meters().exporter("benchmark", signal.label(), signal),
            told.exit(signal.label(), "benchmark"),
            clock);
    Lag lag = new Lag(QueueSettings.DEFAULTS, 1L << 40);
    return new Cursor(
        ring, QueueSettings.DEFAULTS, BatchSettings.IMMEDIATE, lag, null, clock, accounts);
  }

  private static void ignore(Admission admission) {}

  /** Only a full ring would start a thread. */
  private static Thread nobodyWaits(String role, Runnable body) {
    throw new IllegalStateException("the ring is full");
  }
}
