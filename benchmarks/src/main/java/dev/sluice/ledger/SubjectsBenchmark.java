package dev.sluice.ledger;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one item of a request that is followed, refused or lost costs on the ledger's thread. By
 * default one request of thirty-two is followed, so an item costs a part of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class SubjectsBenchmark {
  private static final int ITEMS = 100;

  @Param public Signal signal = Signal.TRACES;

  private Telemetry request = new Telemetry(Signal.TRACES, new byte[0], 0);

  @Setup
  public void make() {
    request = new Payloads(42, ITEMS).nextTelemetry(signal);
  }

  /** The subjects of all items. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object subjects() {
    return SubjectReader.read(request);
  }
}
