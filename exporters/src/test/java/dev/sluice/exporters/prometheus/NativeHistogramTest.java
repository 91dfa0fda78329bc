package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.exponential;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {
  @Test
  void movesIndexesUpByOne() {
    assertEquals(
        List.of(
            "d_seconds{} {count=6 sum=10 schema=2 zero=0..1.0E-128 positive=[1:1 2:2 3:3]} @1000"),
        encode(exponential(1000, 2, 0, 1L, 2L, 3L)));
  }

  @Test
  void writesBothSidesAndTheZeroBucket() {
    ExponentialHistogramDataPoint.Builder point =
        exponential(1000, 0, -3, 1L)
            .setCount(6)
            .setZeroCount(3)
            .setZeroThreshold(0.25)
            .setNegative(
                ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(4).addBucketCounts(2));
    assertEquals(
        List.of(
            "d_seconds{} {count=6 sum=10 schema=0 zero=3..0.25 negative=[5:2] positive=[-2:1]} @1000"),
        encode(point));
  }

  @Test
  void bridgesSmallGapsAndLeapsOverLarge() {
    assertEquals(
        List.of(
            "d_seconds{} {count=5 sum=10 schema=0 zero=0..1.0E-128"
                + " positive=[12:1 13:0 14:0 15:2 19:2]} @1000"),
        encode(exponential(1000, 0, 10, 0L, 1L, 0L, 0L, 2L, 0L, 0L, 0L, 2L, 0L)));
  }

  @Test
  void mergesBucketsOfScalesThatPrometheusDoesNotKnow() {
    // At scale 10 four buckets make one of scale 8: -5 is in -2, -4 to -1 in -1, 0 to 3 in 0.
    assertEquals(
        List.of(
            "d_seconds{} {count=28 sum=10 schema=8 zero=0..1.0E-128 positive=[-1:1 0:14 1:13]} @1000"),
        encode(exponential(1000, 10, -5, 1L, 2L, 3L, 4L, 5L, 6L, 7L)));
  }

  @Test
  void dropsWhatHasNoNativeForm() {
    Bench bench = Settings.plain().bench();
    assertEquals(
        List.of(),
        bench.v1(
            request(
                exponential(
                    "d",
                    "s",
                    CUMULATIVE,
                    exponential(1000, -5, 0, 1L),
                    exponential(1000, 0, 0, 1L).clearSum()))));
    assertEquals(2, bench.losses().size());
    assertEquals("{0}", String.valueOf(bench.losses().getFirst().ordinals()));
    assertEquals("unsupported_metric", bench.losses().getLast().rule());
  }

  @Test
  void marksStaleWithSumAndCount() {
    assertEquals(
        List.of("d_seconds{} {count=stale sum=stale schema=0 zero=0..1.0E-128} @1000"),
        encode(exponential(1000, 0, 0, 1L).setFlags(Otlps.STALE)));
  }

  @Test
  void tellsTheStartInTheSecondVersion() {
    assertEquals(
        "d_seconds{} {count=1 sum=10 schema=0 zero=0..1.0E-128 positive=[1:1]} @1000 since 500",
        Settings.plain()
            .bench()
            .v2(request(exponential("d", "s", CUMULATIVE, exponential(1000, 0, 0, 1L))))
            .getFirst());
  }

  @Test
  void makesCustomBucketsOfExplicitOnes() {
    HistogramDataPoint point =
        buckets(1000, 4, List.of(1.0, 2.0, 3.0, 4.0, 5.0), List.of(0L, 2L, 0L, 0L, 0L, 1L));
    assertEquals(
        List.of("d{} {count=3 sum=4 schema=-53 positive=[1:2 5:1] custom=[1 2 3 4 5]} @1000"),
        Settings.plain()
            .customBuckets(false)
            .bench()
            .v1(request(histogram("d", "", CUMULATIVE, point))));
  }

  @Test
  void countsTheBucketsOfCustomBuckets() {
    HistogramDataPoint point =
        buckets(1000, 4, List.of(1.0), List.of(1L, 2L)).toBuilder().setCount(1).build();
    HistogramDataPoint without =
        buckets(2000, 4, List.of(), List.of()).toBuilder().setCount(9).build();
    assertEquals(
        List.of(
            "d{} {count=3 sum=4 schema=-53 positive=[0:1 1:2] custom=[1]} @1000",
            "d{} {count=9 sum=4 schema=-53 positive=[0:9] custom=[]} @2000"),
        Settings.plain()
            .customBuckets(false)
            .bench()
            .v1(request(histogram("d", "", CUMULATIVE, point, without))));
  }

  @Test
  void keepsClassicHistogramsBesideWhenAsked() {
    HistogramDataPoint good = buckets(1000, 1, List.of(1.0), List.of(1L, 0L));
    HistogramDataPoint unsorted = buckets(2000, 1, List.of(2.0, 1.0), List.of(1L, 0L, 0L));
    Bench bench = Settings.plain().customBuckets(true).bench();
    List<String> lines = bench.v1(request(histogram("d", "", CUMULATIVE, good, unsorted)));
    assertEquals(1 + 4 + 5, lines.size());
    assertEquals(List.of(), bench.losses());
    Bench alone = Settings.plain().customBuckets(false).bench();
    assertEquals(1, alone.v1(request(histogram("d", "", CUMULATIVE, good, unsorted))).size());
    assertEquals("{1}", String.valueOf(alone.losses().getFirst().ordinals()));
  }

  private static List<String> encode(ExponentialHistogramDataPoint.Builder point) {
    return Bench.encode(request(exponential("d", "s", CUMULATIVE, point)));
  }
}
