package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {
  private static final int BYTES_MAX = 20_000;

  private final Bench bench = Settings.plain().cacheBytesMax(BYTES_MAX).bench();

  @Test
  void keepsWhatItKnowsAndForgetsWhatFoundNoRoom() {
    fill("old");
    int full = bench.translator.cache().seriesCount();
    Series known = only(gauges("old", 0, 1));
    for (int i = 0; i < 20; i++) {
      bench.v1(gauges("new" + i, 0, 50));
    }
    assertEquals(full, bench.translator.cache().seriesCount());
    assertTrue(bench.translator.cache().bytes() < BYTES_MAX + 1000);
    assertSame(known, only(gauges("old", 0, 1)));
    assertNotSame(only(gauges("new0", 0, 1)), only(gauges("new0", 0, 1)));
  }

  @Test
  void makesRoomOfWhatWasIdle() {
    fill("old");
    Series used = only(gauges("old", 0, 1));
    Series idle = only(gauges("old", 1, 2));
    bench.clock.advance(Duration.ofSeconds(200));
    bench.v1(gauges("old", 0, 1));
    bench.clock.advance(Duration.ofSeconds(200));
    bench.v1(gauges("new", 0, 10));
    assertSame(used, only(gauges("old", 0, 1)));
    assertSame(only(gauges("new", 0, 1)), only(gauges("new", 0, 1)));
    Series again = only(gauges("old", 1, 2));
    assertNotSame(idle, again);
    assertEquals(idle, again);
    assertEquals(idle.hashCode(), again.hashCode());
    assertEquals(12, bench.translator.cache().seriesCount());
  }

  @Test
  void countsTheSameAfterMovingWhatIsInUse() {
    ExportMetricsServiceRequest mixed =
        request(
            attributes("service.name", "a", "host.name", "h"),
            gauge("g", "", point(1000, 1, "x", "1")),
            histogram(
                "h", "", CUMULATIVE, buckets(1000, 1, List.of(1.0, 2.0), List.of(1L, 2L, 3L))));
    CacheTables tables = new CacheTables(1, null);
    Bench roomy = Settings.plain().targetInfo().cacheBytesMax(1 << 20).bench();
    roomy.v1(mixed);
    SeriesCache cache = roomy.translator.cache();
    cache.adoptUsed(tables);
    assertEquals(cache.bytes(), tables.bytes());
    assertEquals(cache.seriesCount(), tables.series.size());
  }

  @Test
  void writesSeriesOfOneRequestTogetherAlsoWithoutRoom() {
    Bench none = Settings.plain().cacheBytesMax(1).bench();
    assertEquals(
        List.of("g{x=\"1\", y=\"2\"} 1 @1000", "g{x=\"1\", y=\"2\"} 2 @2000"),
        none.v1(
            request(
                gauge(
                    "g",
                    "",
                    point(2000, 2, "y", "2", "x", "1"),
                    point(1000, 1, "x", "1", "y", "2")))));
    assertEquals(1, none.store.seriesCount());
  }

  private void fill(String name) {
    bench.v1(gauges(name, 0, 500));
    assertTrue(bench.translator.cache().bytes() >= BYTES_MAX);
    assertTrue(bench.translator.cache().seriesCount() > 10);
    assertTrue(bench.translator.cache().seriesCount() < 400);
  }

  private Series only(ExportMetricsServiceRequest request) {
    bench.v1(request);
    assertEquals(1, bench.store.size());
    return bench.store.series(0);
  }

  private static ExportMetricsServiceRequest gauges(String name, int from, int to) {
    NumberDataPoint[] points = new NumberDataPoint[to - from];
    for (int i = from; i < to; i++) {
      points[i - from] = point(1000, i, "i", "" + i);
    }
    return request(gauge(name, "", points));
  }
}
