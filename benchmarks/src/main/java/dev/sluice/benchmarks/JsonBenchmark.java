package dev.sluice.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
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

/** What one item costs from OTLP/JSON to protobuf, against protobuf's own JSON and classes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class JsonBenchmark {
  private static final int ITEMS = 100;

  @Param public Signal signal = Signal.TRACES;

  private byte[] json = new byte[0];

  @Setup
  public void make() {
    json = new Payloads(42, ITEMS).nextJson(signal);
  }

  /** Token by token to protobuf bytes. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public byte[] transcode() {
    return JsonToProto.request(signal, json);
  }

  /** By JsonFormat to objects, and these to bytes. It takes the hex of ids for base64. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public byte[] protobufJsonFormat() throws InvalidProtocolBufferException {
    Message.Builder request =
        switch (signal) {
          case TRACES -> ExportTraceServiceRequest.newBuilder();
          case METRICS -> ExportMetricsServiceRequest.newBuilder();
          case LOGS -> ExportLogsServiceRequest.newBuilder();
        };
    JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), request);
    return request.build().toByteArray();
  }
}
