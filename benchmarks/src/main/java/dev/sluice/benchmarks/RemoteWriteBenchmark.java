package dev.sluice.benchmarks;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.exporters.prometheus.RemoteWriteExporterFactory;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one point of a counter with six attributes costs as remote write, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"})
public class RemoteWriteBenchmark {
  private static final int POINTS = 1000;

  @Param({"prometheus.WriteRequest", "io.prometheus.write.v2.Request"})
  public String message;

  private final Batch batch = batch();
  private HttpServer server;
  private Exporter exporter;

  @Setup
  public void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange
              .getResponseHeaders()
              .add("X-Prometheus-Remote-Write-Samples-Written", "" + POINTS);
          exchange.sendResponseHeaders(204, -1);
        });
    server.start();
    String yaml =
        "endpoint: http://127.0.0.1:%d/\nprotobuf_message: %s\n"
            .formatted(server.getAddress().getPort(), message);
    Problems problems = new Problems();
    ExporterFactory.Plan plan =
        new RemoteWriteExporterFactory()
            .read(new ConfigLoader(_ -> null, problems).loadText("benchmark", yaml).root());
    exporter = plan.make().make(context());
  }

  @TearDown
  public void stop() {
    exporter.close();
    server.stop(0);
  }

  /** From OTLP bytes to samples in sending order. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public Delivery translate() {
    return exporter.prepare(batch);
  }

  /** The same, then written, compressed, sent over loopback and answered. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public ExportResult deliver() {
    return exporter.prepare(batch).attempt(TimeUnit.SECONDS.toNanos(10));
  }

  private static ExporterContext context() {
    Clock clock =
        new Clock() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public long epochNanos() {
            return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
          }
        };
    return new ExporterContext(
        "prometheus_remote_write",
        Signal.METRICS,
        "benchmark",
        new Meters(),
        clock,
        (role, body) -> Thread.ofPlatform().daemon().name(role).start(body));
  }

  private static Batch batch() {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < POINTS; i++) {
      sum.addDataPoints(point(i));
    }
    Metric metric =
        Metric.newBuilder().setName("http.server.requests").setUnit("1").setSum(sum).build();
    byte[] request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(
                        Resource.newBuilder().addAttributes(attribute("service.name", "shop")))
                    .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
            .build()
            .toByteArray();
    return Batch.of(Signal.METRICS, List.of(new Telemetry(Signal.METRICS, request, POINTS)));
  }

  private static NumberDataPoint point(int i) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(1_767_225_600_000_000_000L)
        .setTimeUnixNano(1_767_225_660_000_000_000L)
        .setAsInt(i)
        .addAttributes(attribute("http.request.method", "POST"))
        .addAttributes(attribute("http.route", "/api/orders/{orderId}/items/" + i))
        .addAttributes(attribute("http.response.status_code", "200"))
        .addAttributes(attribute("url.scheme", "https"))
        .addAttributes(attribute("server.address", "shop.example.com"))
        .addAttributes(attribute("network.protocol.version", "1.1"))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
