package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.DELTA;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static dev.sluice.exporters.prometheus.Otlps.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.WireWriter;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Metrics that would fill any cache. "Reliability test 33": what is kept of them is bounded, and
 * the next batch is as good as ever. All of a million series with {@code
 * -Dsluice.reliability.series=1000000}.
 */
@Timeout(300)
class HostileSeriesTest {
  private static final int SERIES = Integer.getInteger("sluice.reliability.series", 100_000);
  private static final int BATCH = 10_000;
  private static final int CACHE_BYTES_MAX = 4 << 20;
  private static final int STREAMS_MAX = 1000;
  private static final List<String> GOOD = List.of("ok{a=\"b\"} 1 @1000");

  private final Bench bench =
      Settings.plain()
          .cacheBytesMax(CACHE_BYTES_MAX)
          .delta(true, STREAMS_MAX, Duration.ofMinutes(5))
          .bench();

  @Test
  void boundsTheCacheUnderNewSeriesWithoutEnd() {
    for (int from = 0; from < SERIES; from += BATCH) {
      bench.clock.advance(Duration.ofMillis(600));
      assertEquals(BATCH, bench.v1(request(gauge("hostile", "", points(from)))).size());
      long kept = bench.translator.cache().bytes();
      assertTrue(kept < CACHE_BYTES_MAX + 2000, () -> "kept " + kept);
    }
    assertGood();
  }

  @Test
  void boundsTheSumsOfDeltaStreamsWithoutEnd() {
    for (int from = 0; from < SERIES / 10; from += BATCH) {
      List<String> written = bench.v1(request(sum("hostile", "", true, DELTA, points(from))));
      int expected = from == 0 ? STREAMS_MAX : 0;
      assertEquals(expected, written.stream().filter(line -> !line.startsWith("#")).count());
      int lost = bench.losses().stream().mapToInt(Loss::items).sum();
      assertEquals(BATCH - expected, lost, "what finds no room is counted");
    }
    assertGood();
  }

  @Test
  void writesOnePointWithAMillionAttributesAndForgetsIt() {
    int[] order = bench.translate(Batch.of(Signal.METRICS, List.of(wide(1_000_000, ""))));
    RequestWriterV1 writer = new RequestWriterV1(bench.store);
    assertEquals(1, writer.write(order, 0, bench.store.ordered(), Integer.MAX_VALUE));
    assertEquals(1, writer.samples());
    assertTrue(writer.size() > 10_000_000, () -> "wrote " + writer.size());
    assertGood();
    assertTrue(bench.translator.cache().bytes() < CACHE_BYTES_MAX, "kept");
  }

  @Test
  void joinsAMillionAttributesOfOneNameInTime() {
    int[] order = bench.translate(Batch.of(Signal.METRICS, List.of(wide(1_000_000, "k"))));
    RequestWriterV1 writer = new RequestWriterV1(bench.store);
    assertEquals(1, writer.write(order, 0, bench.store.ordered(), Integer.MAX_VALUE));
    assertTrue(writer.size() > 6_000_000, () -> "wrote " + writer.size());
    assertGood();
  }

  @Test
  void writesALabelOfAMebibyteAndForgetsIt() {
    String value = "x".repeat(1 << 20);
    List<String> written = bench.v1(request(gauge("long", "", point(1000, 1, "k", value))));
    assertEquals(List.of("long{k=\"" + value + "\"} 1 @1000"), written);
    for (int i = 0; i < 20; i++) {
      bench.v1(request(gauge("long", "", point(1000, 1, "k", value + i))));
      long kept = bench.translator.cache().bytes();
      assertTrue(kept < 2L * CACHE_BYTES_MAX, () -> "kept " + kept);
    }
    assertGood();
  }

  private void assertGood() {
    ExportMetricsServiceRequest good =
        request(sum("ok", "", false, CUMULATIVE, point(1000, 1, "a", "b")));
    assertEquals(GOOD, bench.v1(good));
  }

  /**
   * A gauge with one point of so many attributes, all of one name or each of its own, written
   * without making them all at once.
   */
  private static Telemetry wide(int attributes, String name) {
    WireWriter out = new WireWriter(1 << 20);
    int resource = out.begin(Otlp.ExportRequest.RESOURCE);
    int scope = out.begin(Otlp.ResourceMetrics.SCOPE_METRICS);
    int metric = out.begin(Otlp.ScopeMetrics.METRICS);
    out.bytes(Otlp.Metric.NAME, new byte[] {'w'}, 0, 1);
    int gauge = out.begin(Otlp.Metric.GAUGE);
    int point = out.begin(Otlp.MetricData.DATA_POINTS);
    for (int i = 0; i < attributes; i++) {
      String key = name.isEmpty() ? "k" + i : name;
      byte[] attribute = Otlps.attributes(key, "v" + i).getFirst().toByteArray();
      out.bytes(Otlp.NumberDataPoint.ATTRIBUTES, attribute, 0, attribute.length);
    }
    for (int mark : new int[] {point, gauge, metric, scope, resource}) {
      out.end(mark);
    }
    return Telemetry.parse(Signal.METRICS, out.toByteArray());
  }

  private static NumberDataPoint[] points(int from) {
    NumberDataPoint[] points = new NumberDataPoint[BATCH];
    for (int i = 0; i < BATCH; i++) {
      points[i] = point(1000, 1, "user", "u" + (from + i));
    }
    return points;
  }
}
