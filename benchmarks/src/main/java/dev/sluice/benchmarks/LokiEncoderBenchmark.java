package dev.sluice.benchmarks;

import com.google.protobuf.ByteString;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.exporters.loki.LokiExporterFactory;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
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
 * What one log record of about 250 bytes costs to become a Loki entry, in nanoseconds; compression
 * and the request are not in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class LokiEncoderBenchmark {
  private static final int RECORDS = 1000;
  private static final String ENDPOINT = "endpoint: http://127.0.0.1:9\n";

  /** The exporter's configuration: by default, with labels of records, and as the old exporter. */
  @Param({
    "{}",
    "{attributes: [http.request.method]}",
    "{resource: [], old: true}",
  })
  public String labels = "{}";

  private final Batch batch =
      Batch.of(Signal.LOGS, List.of(new Telemetry(Signal.LOGS, request(), RECORDS)));
  private Exporter exporter = exporter("{}");

  @Setup
  public void configure() {
    exporter = exporter(labels);
  }

  /** From OTLP bytes to requests. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Delivery encode() {
    return exporter.prepare(batch);
  }

  private static Exporter exporter(String labels) {
    String yaml =
        labels.contains("old")
            ? ENDPOINT + "default_labels_enabled: {}\nformat: json\n"
            : ENDPOINT + "labels: " + labels + "\n";
    Problems problems = new Problems();
    var section = new ConfigLoader(_ -> null, problems).loadText("benchmark", yaml).root();
    return new LokiExporterFactory()
        .read(section)
        .make()
        .make(
            new ExporterContext(
                "loki", Signal.LOGS, "0", new Meters(), new SystemClock(), (_, _) -> null));
  }

  private static byte[] request() {
    ScopeLogs.Builder scope =
        ScopeLogs.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("com.example.Orders"));
    for (int i = 0; i < RECORDS; i++) {
      scope.addLogRecords(record(i));
    }
    Resource.Builder resource = Resource.newBuilder();
    String[] attributes = {
      "service.name", "orders",
      "service.namespace", "shop",
      "service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09",
      "deployment.environment.name", "production",
      "k8s.namespace.name", "shop",
      "k8s.pod.name", "orders-7c9d8f6b5-x2x4z",
      "host.name", "node-17",
      "process.pid", "17",
      "telemetry.sdk.language", "java",
      "telemetry.sdk.name", "opentelemetry",
      "telemetry.sdk.version", "1.68.0",
    };
    for (int i = 0; i < attributes.length; i += 2) {
      resource.addAttributes(attribute(attributes[i], attributes[i + 1]));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static LogRecord record(int i) {
    String body = "order " + i + " was placed by customer " + i * 31 + " and is being packed";
    return LogRecord.newBuilder()
        .setTimeUnixNano(1_795_466_839_000_000_000L + i)
        .setObservedTimeUnixNano(1_795_466_839_000_100_000L + i)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(AnyValue.newBuilder().setStringValue(body))
        .addAttributes(attribute("http.request.method", i % 2 == 0 ? "GET" : "POST"))
        .addAttributes(attribute("url.path", "/api/orders/" + i))
        .addAttributes(attribute("thread.name", "http-nio-8080-exec-" + i % 16))
        .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
        .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    AnyValue text = AnyValue.newBuilder().setStringValue(value).build();
    return KeyValue.newBuilder().setKey(key).setValue(text).build();
  }

  private static final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return System.currentTimeMillis() * 1_000_000L;
    }
  }
}
