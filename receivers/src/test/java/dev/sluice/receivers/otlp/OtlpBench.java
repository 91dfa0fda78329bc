package dev.sluice.receivers.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.security.Security;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An otlp receiver on loopback, with a fake pipeline behind it; leaks of it fail the test. */
final class OtlpBench implements AutoCloseable {
  static final String BOTH =
      """
      protocols:
        grpc:
          endpoint: localhost:0
        http:
          endpoint: localhost:0
      """;

  final FakeIntake intake = new FakeIntake();
  final MemoryBudget memory;
  final Meters meters = new Meters();
  final NamedThreads threads = new NamedThreads();
  final OtlpReceiver receiver;

  private OtlpBench(String yaml, long memoryBytes, Map<Signal, Intake> intakes, Security security) {
    memory = new MemoryBudget(memoryBytes);
    Problems problems = new Problems();
    var plan = new OtlpReceiverFactory().read(Sections.of(yaml, problems));
    assertEquals("[]", problems.errors().toString());
    receiver =
        (OtlpReceiver)
            plan.make(
                new ReceiverContext(
                    "otlp/test",
                    intakes.isEmpty() ? all() : intakes,
                    memory,
                    meters,
                    new RealClock(),
                    threads,
                    security));
  }

  static OtlpBench of(String yaml) throws IOException {
    return of(yaml, 64 << 20);
  }

  static OtlpBench of(String yaml, long memoryBytes) throws IOException {
    OtlpBench bench = new OtlpBench(yaml, memoryBytes, Map.of(), Security.NONE);
    bench.receiver.start();
    return bench;
  }

  /** With authenticators, or with somebody who has files read again. */
  static OtlpBench secured(String yaml, Security security) throws IOException {
    OtlpBench bench = new OtlpBench(yaml, 64 << 20, Map.of(), security);
    bench.receiver.start();
    return bench;
  }

  /** With a pipeline for this signal only. */
  static OtlpBench only(Signal signal) throws IOException {
    FakeIntake intake = new FakeIntake();
    OtlpBench bench = new OtlpBench(BOTH, 64 << 20, Map.of(signal, intake), Security.NONE);
    bench.receiver.start();
    return bench;
  }

  static OtlpBench unstarted(String yaml) {
    return new OtlpBench(yaml, 64 << 20, Map.of(), Security.NONE);
  }

  private Map<Signal, Intake> all() {
    return Map.of(Signal.TRACES, intake, Signal.METRICS, intake, Signal.LOGS, intake);
  }

  /** The value of a counter, or 0 when nothing was counted. */
  double counted(String what, Signal signal, String transport) {
    String name = "otelcol_receiver_" + what + "_" + signal.items();
    return meters
        .scrape(true)
        .lines()
        .filter(line -> line.startsWith(name) && line.contains('"' + transport + '"'))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits until the memory that requests hold is so much. */
  void awaitHeld(long bytes) {
    while (memory.heldBytes() != bytes) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    receiver.stop(TimeUnit.SECONDS.toNanos(5));
    threads.close();
    awaitHeld(0);
  }

  private static final class RealClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return System.currentTimeMillis() * 1_000_000;
    }
  }
}
