package dev.sluice.benchmarks;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one span costs to compress: a batch of ten requests, by a compressor whose contexts are
 * pooled, and by one made for each batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class CompressorBenchmark {
  private static final int REQUESTS = 10;
  private static final int SPANS = 100;

  @Param({"GZIP", "ZSTD", "SNAPPY", "SNAPPY_FRAMED"})
  public Compression compression = Compression.GZIP;

  private final Body body = body(REQUESTS);
  private final Body small = body(1);
  private Compressor pooled = new Compressor(Compression.NONE, Compressor.DEFAULT_LEVEL);

  @Setup
  public void choose() {
    pooled = new Compressor(compression, Compressor.DEFAULT_LEVEL);
  }

  /** A batch, with contexts that are reused. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * SPANS)
  public Body pooled() {
    return pooled.compress(body);
  }

  /** A batch of one request, with contexts that are reused. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body pooledSmall() {
    return pooled.compress(small);
  }

  /** A batch of one request, with contexts that are made for it. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body freshSmall() {
    try (Compressor fresh = new Compressor(compression, Compressor.DEFAULT_LEVEL)) {
      return fresh.compress(small);
    }
  }

  static Body body(int requests) {
    Payloads payloads = new Payloads(42, SPANS);
    List<Telemetry> parts =
        Stream.generate(() -> payloads.nextTelemetry(Signal.TRACES)).limit(requests).toList();
    return Body.of(Batch.of(Signal.TRACES, parts));
  }
}
