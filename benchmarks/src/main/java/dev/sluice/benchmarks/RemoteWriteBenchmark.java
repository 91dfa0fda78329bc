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
 * What one point costs as remote write; half of the points are histograms, of eighteen samples
 * each.
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

  private final List<Telemetry> requests = requests();
  private final Batch batch = Batch.of(Signal.METRICS, requests);
  private Sink sink;
  private Exporter exporter;

  @Setup
  public void start() throws IOException {
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
    return exporter.prepare(batch);
  }

  /** The same, then written, compressed, sent over loopback, thrown away and answered. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * POINTS)
  public ExportResult deliver() {
    return exporter.prepare(batch).attempt(TimeUnit.SECONDS.toNanos(10));
  }

  /** By the generated classes to requests of 1.0, neither compressed nor sent. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * POINTS)
  public int encodeWithGeneratedClasses() throws IOException {
    int size = 0;
    for (Telemetry request : requests) {
      size += GeneratedRemoteWrite.encode(request.bytes()).length;
    }
    return size;
  }

  private static List<Telemetry> requests() {
    Payloads payloads = new Payloads(42, POINTS);
    return Stream.generate(() -> payloads.nextTelemetry(Signal.METRICS)).limit(REQUESTS).toList();
  }
}
