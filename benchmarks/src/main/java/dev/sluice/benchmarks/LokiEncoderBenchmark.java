package dev.sluice.benchmarks;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.reference.GeneratedLokiPush;
import dev.sluice.exporters.loki.LokiExporterFactory;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one log record costs to become a Loki entry, from OTLP bytes to a push request of protobuf;
 * compression and the request are not in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class LokiEncoderBenchmark {
  private static final int REQUESTS = 10;
  private static final int RECORDS = 100;
  private static final String ENDPOINT = "endpoint: http://127.0.0.1:9\n";

  /** The exporter's configuration: by default, with a label of records, and as the old exporter. */
  @Param({"{}", "{attributes: [http.response.status_code]}", "{resource: [], old: true}"})
  public String labels = "{}";

  private final List<Telemetry> requests = requests();
  private final Batch batch = Batch.of(Signal.LOGS, requests);
  private Exporter exporter = exporter("{}");

  @Setup
  public void configure() {
    exporter = exporter(labels);
  }

  /** A batch. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * RECORDS)
  public Delivery encode() {
    return exporter.prepare(batch);
  }

  /**
   * The same requests by the generated classes, with the default labels, whatever the parameter.
   */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * RECORDS)
  public int encodeWithGeneratedClasses() throws IOException {
    int size = 0;
    for (Telemetry request : requests) {
      size += GeneratedLokiPush.encode(request.bytes()).length;
    }
    return size;
  }

  private static Exporter exporter(String labels) {
    String yaml =
        labels.contains("old")
            ? ENDPOINT + "default_labels_enabled: {}\nformat: json\n"
            : ENDPOINT + "labels: " + labels + "\n";
    return Components.exporter(new LokiExporterFactory(), Signal.LOGS, yaml);
  }

  private static List<Telemetry> requests() {
    Payloads payloads = new Payloads(42, RECORDS);
    return Stream.generate(() -> payloads.nextTelemetry(Signal.LOGS)).limit(REQUESTS).toList();
  }
}
