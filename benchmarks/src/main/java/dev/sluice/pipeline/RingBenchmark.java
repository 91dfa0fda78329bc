package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one request costs on its way through a ring, from admission to the end of its batch, with
 * one exporter; against a bounded queue of the JDK, which keeps no account, has one reader and no
 * limit in bytes. One thread does both sides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class RingBenchmark {
  private static final int REQUESTS = 80;

  /** Items of a request: of 1, all requests are one batch; of 100, so are all; of 8192, each. */
  @Param({"1", "100", "8192"})
  public int items = 100;

  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Clock clock = new BenchmarkClock();
  private final Ledger ledger = Ledger.NONE;
  private final Ring ring = new Ring(memory, Long.MAX_VALUE, clock, null);
  private final Intake intake =
      new FanOut(
          List.of(ring),
          memory,
          clock,
          RingBenchmark::nobodyWaits,
          ledger.entrance("otlp", Signal.TRACES, List.of("traces")));
  private final Cursor cursor = cursor();
  private final ArrayBlockingQueue<Telemetry> queue = new ArrayBlockingQueue<>(1 << 10);
  private final byte[] bytes = new byte[1000];

  /** Eighty requests are admitted, then taken in batches that are delivered and finished. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int ring() {
    for (int i = 0; i < REQUESTS; i++) {
      intake.accept(new Telemetry(Signal.TRACES, bytes, items), RingBenchmark::ignore);
    }
    int delivered = 0;
    for (Claim claim = cursor.take(); claim != null; claim = cursor.take()) {
      delivered += claim.heldItems;
      cursor.claims().delivered(claim, List.of());
      cursor.finish(claim);
    }
    return delivered;
  }

  /** The same requests through an ArrayBlockingQueue, drained into lists of a batch. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int queue() {
    for (int i = 0; i < REQUESTS; i++) {
      queue.add(new Telemetry(Signal.TRACES, bytes, items));
    }
    int delivered = 0;
    int batch = Math.max(1, 8192 / items);
    for (List<Telemetry> taken = drain(batch); !taken.isEmpty(); taken = drain(batch)) {
      delivered += taken.size() * items;
    }
    return delivered;
  }

  private List<Telemetry> drain(int max) {
    List<Telemetry> taken = new ArrayList<>();
    queue.drainTo(taken, max);
    return taken;
  }

  private Cursor cursor() {
    Accounts accounts =
        new Accounts(
            ring.lock,
            (_, _, _, _) -> false,
            new Meters().exporter("benchmark", "traces", Signal.TRACES),
            ledger.exit("traces", "benchmark"),
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
