package dev.sluice.benchmarks;

import dev.sluice.benchmarks.load.sink.Sink;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.reference.GeneratedRemoteWrite;
import dev.sluice.exporters.prometheus.RemoteWriteExporterFactory;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * What one point costs as remote write, by how many batches of other series come round in turn;
 * half of the points are histograms, of eighteen samples each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class RemoteWriteBenchmark {
  private static final int REQUESTS = 10;
  private static final int POINTS = 100;

  @Param({"prometheus.WriteRequest", "io.prometheus.write.v2.Request"})
  public String message = "";

  /** Of a thousand points each, whose series no other batch has. */
  @Param({"1", "10", "100"})
  public int batches;

  private final List<Batch> all = new ArrayList<>();
  private int turn;
  private Sink sink;
  private Exporter exporter;

  @Setup
  public void start() throws IOException {
    for (int i = 0; i < batches; i++) {
      all.add(Batch.of(Signal.METRICS, requests(i)));
    }
    sink = new Sink();
    String yaml =
        "endpoint: http://127.0.0.1:%d/api/v1/write\nprotobuf_message: %s\n"
            .formatted(sink.port(), message);
    exporter = Components.exporter(new RemoteWriteExporterFactory(), Signal.METRICS, yaml);
  }

  @TearDown
  public void stop() throws IOException {
    exporter.close();
    sink.close();
  }

  /** From OTLP bytes to samples in sending order. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * POINTS)
  public Delivery translate() {
    return exporter.prepare(next());
  }

  /** The same, then written, compressed, sent over loopback, thrown away and answered. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * POINTS)
  public ExportResult deliver() {
    return exporter.prepare(next()).attempt(TimeUnit.SECONDS.toNanos(10));
  }

  /** By the generated classes to requests of 1.0, neither compressed nor sent. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * POINTS)
  public int encodeWithGeneratedClasses() throws IOException {
    int size = 0;
    for (Telemetry request : next().parts()) {
      size += GeneratedRemoteWrite.encode(request.bytes()).length;
    }
    return size;
  }

  private Batch next() {
    turn = turn + 1 < batches ? turn + 1 : 0;
    return all.get(turn);
  }

  private static List<Telemetry> requests(int seed) {
    Payloads payloads = new Payloads(seed, POINTS);
    return Stream.generate(() -> payloads.nextTelemetry(Signal.METRICS)).limit(REQUESTS).toList();
  }
}
