package dev.sluice.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Validator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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

/** What one item costs to validate and count, against a parse by the generated classes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class ValidatorBenchmark {
  private static final int ITEMS = 100;

  @Param public Signal signal = Signal.TRACES;

  private byte[] request = new byte[0];

  @Setup
  public void make() {
    request = new Payloads(42, ITEMS).next(signal);
  }

  /** The validating and counting pass over protobuf. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int validate() {
    return Validator.count(signal, request, 0, request.length);
  }

  /** The same bytes as objects of the generated classes, which we do not build. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object parseWithGeneratedClasses() throws InvalidProtocolBufferException {
    return switch (signal) {
      case TRACES -> ExportTraceServiceRequest.parseFrom(request);
      case METRICS -> ExportMetricsServiceRequest.parseFrom(request);
      case LOGS -> ExportLogsServiceRequest.parseFrom(request);
    };
  }
}
