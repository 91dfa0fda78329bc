package dev.sluice.benchmarks;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.exporters.prometheus.RemoteWriteExporterFactory;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
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

/**
 * What one point costs as remote write, in nanoseconds, by the number of series that are in use:
 * batches of 1000 points come round in turn. The points are {@code counters} with six attributes,
 * or {@code mixed} as SDKs send them: a quarter gauges, a quarter counters, and half histograms of
 * 15 buckets with an exemplar, which makes 9.25 series of a point.
 *
 * <p>The backend is in the same process, so {@code deliver} is more than what Sluice spends.
 */
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

  @Param({"counters", "mixed"})
  public String points;

  @Param({"1", "10", "100"})
  public int batches;

  @Param({"32"})
  public int cacheMib;

  private final List<Batch> all = new ArrayList<>();
  private int turn;
  private HttpServer server;
  private Exporter exporter;

  @Setup
  public void start() throws IOException {
    for (int i = 0; i < batches; i++) {
      all.add(RemoteWriteBatches.of(points.equals("mixed"), i, POINTS));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange
              .getResponseHeaders()
              .add("X-Prometheus-Remote-Write-Samples-Written", "" + Integer.MAX_VALUE);
          exchange.sendResponseHeaders(204, -1);
        });
    server.start();
    String yaml =
        "endpoint: http://127.0.0.1:%d/\nprotobuf_message: %s\nseries_cache_mib: %d\n"
            .formatted(server.getAddress().getPort(), message, cacheMib);
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
    return exporter.prepare(next());
  }

  /** The same, then written, compressed, sent over loopback and answered. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public ExportResult deliver() {
    return exporter.prepare(next()).attempt(TimeUnit.SECONDS.toNanos(10));
  }

  private Batch next() {
    turn = turn + 1 < batches ? turn + 1 : 0;
    return all.get(turn);
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
}
