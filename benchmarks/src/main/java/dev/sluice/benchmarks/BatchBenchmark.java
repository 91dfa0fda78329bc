package dev.sluice.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.exporters.http.Body;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one span costs in a batch of eighty requests that are joined to one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class BatchBenchmark {
  private static final int REQUESTS = 80;
  private static final int SPANS = 100;

  private final List<Telemetry> requests = requests();

  /** A batch as the exporters send it: the requests' own bytes, one after the other. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * SPANS)
  public Body pieces() {
    return Body.of(Batch.of(Signal.TRACES, requests));
  }

  /** The same, copied into one array. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * SPANS)
  public byte[] joined() {
    return Body.of(Batch.of(Signal.TRACES, requests)).toByteArray();
  }

  /** As one does with the generated classes: parsed, merged, written again. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * SPANS)
  public byte[] encodedAgain() throws InvalidProtocolBufferException {
    ExportTraceServiceRequest.Builder batch = ExportTraceServiceRequest.newBuilder();
    for (Telemetry request : requests) {
      batch.mergeFrom(ExportTraceServiceRequest.parseFrom(request.bytes()));
    }
    return batch.build().toByteArray();
  }

  private static List<Telemetry> requests() {
    Payloads payloads = new Payloads(42, SPANS);
    return Stream.generate(() -> payloads.nextTelemetry(Signal.TRACES)).limit(REQUESTS).toList();
  }
}
