package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.DELTA;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.exponential;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static dev.sluice.exporters.prometheus.Otlps.since;
import static dev.sluice.exporters.prometheus.Otlps.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaTest {
  private final Bench bench = Settings.plain().bench();

  @Test
  void addsUpSums() {
    assertEquals(
        List.of("c_total{} 3 @1000", "c_total{} 8 @2000", "c_total{x=\"1\"} 1 @1000"),
        bench.v1(delta(point(1000, 3), point(2000, 5), point(1000, 1, "x", "1"))));
    assertEquals(List.of("c_total{} 10 @3000"), bench.v1(delta(point(3000, 2))));
  }

  @Test
  void keepsTheStartOfTheFirstPoint() {
    assertEquals(
        "c_total{} 3 @1000 since 500", bench.v2(delta(since(500, point(1000, 3)))).getFirst());
    assertEquals(
        "c_total{} 4 @2000 since 500", bench.v2(delta(since(1000, point(2000, 1)))).getFirst());
  }

  @Test
  void dropsPointsThatAreNotNewer() {
    assertEquals(
        List.of("c_total{} 3 @2000", "c_total{} 4 @3000"),
        bench.v1(delta(point(2000, 3), point(1000, 5), point(2000, 3), point(3000, 1))));
    assertEquals("delta_out_of_order", bench.losses().getFirst().rule());
    assertEquals("{1, 2}", String.valueOf(bench.losses().getFirst().ordinals()));
  }

  @Test
  void addsUpSumsThatMayFall() {
    assertEquals(
        List.of("q{} 3 @1000", "q{} 1 @2000"),
        bench.v1(request(sum("q", "", false, DELTA, point(1000, 3), point(2000, -2)))));
  }

  @Test
  void sendsStaleMarkersAndKeepsTheTotal() {
    NumberDataPoint stale = point(2000, 9).toBuilder().setFlags(Otlps.STALE).build();
    assertEquals(
        List.of("c_total{} 3 @1000", "c_total{} stale @2000", "c_total{} 4 @3000"),
        bench.v1(delta(point(1000, 3), stale, point(3000, 1))));
  }

  @Test
  void addsUpHistograms() {
    bench.v1(request(histogram("h", "", DELTA, buckets(1000, 2, List.of(1.0), List.of(1L, 2L)))));
    assertEquals(
        List.of(
            "h_sum{} 5 @2000",
            "h_count{} 7 @2000",
            "h_bucket{le=\"1\"} 4 @2000",
            "h_bucket{le=\"+Inf\"} 7 @2000"),
        bench.v1(
            request(histogram("h", "", DELTA, buckets(2000, 3, List.of(1.0), List.of(3L, 1L))))));
  }

  @Test
  void beginsAgainWhenBoundsChange() {
    bench.v1(request(histogram("h", "", DELTA, buckets(1000, 2, List.of(1.0), List.of(1L, 2L)))));
    assertEquals(
        "h_count{} 4 @2000",
        bench
            .v1(request(histogram("h", "", DELTA, buckets(2000, 3, List.of(2.0), List.of(3L, 1L)))))
            .get(1));
  }

  @Test
  void addsUpCustomBuckets() {
    Bench custom = Settings.plain().customBuckets(false).bench();
    custom.v1(request(histogram("h", "", DELTA, buckets(1000, 2, List.of(1.0), List.of(1L, 2L)))));
    assertEquals(
        List.of("h{} {count=7 sum=5 schema=-53 positive=[0:4 1:3] custom=[1]} @2000"),
        custom.v1(
            request(histogram("h", "", DELTA, buckets(2000, 3, List.of(1.0), List.of(3L, 1L))))));
  }

  @Test
  void addsUpExponentialHistogramsAtTheCoarserScale() {
    encode(exponential(1000, 1, 0, 1L, 1L, 1L, 1L).setZeroCount(1));
    assertEquals(
        List.of("h{} {count=7 sum=20 schema=0 zero=3..1.0E-128 positive=[0:1 1:3 2:3]} @2000"),
        encode(exponential(2000, 0, -1, 1L, 1L, 1L).setZeroCount(2)));
    assertEquals(
        List.of(
            "h{} {count=8 sum=30 schema=0 zero=3..1.0E-128 positive=[0:1 1:3 2:3 3:0 4:0 5:1]} @3000"),
        encode(exponential(3000, 2, 16, 1L)));
  }

  @Test
  void lowersTheScaleRatherThanKeepManyBuckets() {
    encode(exponential(1000, 4, 0, 1L));
    assertEquals(
        List.of("h{} {count=2 sum=20 schema=3 zero=0..1.0E-128 positive=[1:1 101:1]} @2000"),
        encode(exponential(2000, 4, 200, 1L)));
  }

  @Test
  void countsBucketsInsideAWiderZeroBucketAsZero() {
    encode(exponential(1000, 0, 0, 5L, 1L).setZeroThreshold(0.5));
    assertEquals(
        List.of("h{} {count=7 sum=20 schema=0 zero=5..2.0 positive=[2:2]} @2000"),
        encode(exponential(2000, 0, 1, 1L).setZeroThreshold(2)));
  }

  @Test
  void refusesNewSeriesBeyondTheLimitAndKeepsTheOthers() {
    Bench small = Settings.plain().delta(true, 2, Duration.ofMinutes(5)).bench();
    assertEquals(
        List.of("c_total{x=\"1\"} 1 @1000", "c_total{x=\"1\"} 2 @2000", "c_total{x=\"2\"} 1 @1000"),
        small.v1(
            delta(
                point(1000, 1, "x", "1"),
                point(1000, 1, "x", "2"),
                point(1000, 1, "x", "3"),
                point(2000, 1, "x", "1"))));
    assertEquals("delta_series_limit", small.losses().getFirst().rule());
    assertEquals("{2}", String.valueOf(small.losses().getFirst().ordinals()));
  }

  @Test
  void forgetsSeriesThatAreIdle() {
    Bench small = Settings.plain().delta(true, 2, Duration.ofMinutes(5)).bench();
    small.v1(delta(point(1000, 1, "x", "1"), point(1000, 1, "x", "2")));
    small.clock.advance(Duration.ofMinutes(4));
    small.v1(delta(point(2000, 1, "x", "1")));
    small.clock.advance(Duration.ofMinutes(2));
    assertEquals(
        List.of("c_total{x=\"3\"} 1 @3000", "c_total{x=\"1\"} 3 @3000"),
        small.v1(delta(point(3000, 1, "x", "3"), point(3000, 1, "x", "1"))));
    assertEquals(2, small.translator.deltas().size());
  }

  @Test
  void keepsTotalsWhenTheCacheIsForgotten() {
    Bench forgetful = Settings.plain().cacheBytesMax(1).bench();
    forgetful.v1(delta(point(1000, 3)));
    forgetful.v1(delta(point(2000, 3)));
    assertEquals(List.of("c_total{} 9 @3000"), forgetful.v1(delta(point(3000, 3))));
    assertEquals(1, forgetful.translator.deltas().size());
  }

  @Test
  void dropsDeltasWhenToldTo() {
    Bench dropping = Settings.plain().delta(false, 2, Duration.ZERO).bench();
    assertEquals(List.of(), dropping.v1(delta(point(1000, 3), point(2000, 3))));
    assertEquals("delta_temporality", dropping.losses().getFirst().rule());
    assertEquals(2, dropping.losses().getFirst().items());
  }

  private static ExportMetricsServiceRequest delta(NumberDataPoint... points) {
    return request(sum("c", "", true, DELTA, points));
  }

  private List<String> encode(ExponentialHistogramDataPoint.Builder point) {
    return bench.v1(request(exponential("h", "", DELTA, point)));
  }
}
