package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.counter;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.integer;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static dev.sluice.exporters.prometheus.Otlps.since;
import static dev.sluice.exporters.prometheus.Otlps.sum;
import static dev.sluice.exporters.prometheus.Otlps.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslatorTest {
  @Test
  void translatesGauges() {
    assertEquals(
        List.of("temperature_celsius{room=\"a\"} 21.5 @1000", "temperature_celsius{} -3 @1000"),
        Bench.encode(
            request(
                gauge("temperature", "Cel", point(1000, 21.5, "room", "a"), integer(1000, -3)))));
  }

  @Test
  void translatesMonotonicSumsToCountersAndOthersToGauges() {
    assertEquals(
        List.of(
            "requests_total{} 5 @1000 since 500",
            "queue{} 2 @1000",
            "# requests_total counter \"about requests\" \"\"",
            "# queue gauge \"about queue\" \"\""),
        Settings.plain()
            .bench()
            .v2(
                request(
                    counter("requests", "1", since(500, point(1000, 5))),
                    sum("queue", "1", false, CUMULATIVE, point(1000, 2)))));
  }

  @Test
  void translatesHistogramsToCumulativeBuckets() {
    HistogramDataPoint point =
        buckets(1000, 7.5, List.of(0.005, 1.0, 5.0), List.of(1L, 0L, 2L, 3L), "a", "b");
    assertEquals(
        List.of(
            "d_seconds_sum{a=\"b\"} 7.5 @1000",
            "d_seconds_count{a=\"b\"} 6 @1000",
            "d_seconds_bucket{a=\"b\", le=\"0.005\"} 1 @1000",
            "d_seconds_bucket{a=\"b\", le=\"1\"} 1 @1000",
            "d_seconds_bucket{a=\"b\", le=\"5\"} 3 @1000",
            "d_seconds_bucket{a=\"b\", le=\"+Inf\"} 6 @1000"),
        Bench.encode(request(histogram("d", "s", CUMULATIVE, point))));
  }

  @Test
  void leavesOutTheSumOfAHistogramThatHasNone() {
    HistogramDataPoint point =
        buckets(1000, 0, List.of(), List.of(4L)).toBuilder().clearSum().build();
    assertEquals(
        List.of("d_count{} 4 @1000", "d_bucket{le=\"+Inf\"} 4 @1000"),
        Bench.encode(request(histogram("d", "", CUMULATIVE, point))));
  }

  @Test
  void followsBoundsThatChange() {
    Bench bench = Settings.plain().bench();
    bench.v1(
        request(histogram("d", "", CUMULATIVE, buckets(1000, 1, List.of(1.0), List.of(1L, 0L)))));
    List<String> lines =
        bench.v1(
            request(
                histogram("d", "", CUMULATIVE, buckets(2000, 2, List.of(1e21), List.of(1L, 1L)))));
    assertTrue(lines.contains("d_bucket{le=\"1000000000000000000000\"} 1 @2000"), lines.toString());
    assertEquals(4, lines.size());
  }

  @Test
  void translatesSummaries() {
    SummaryDataPoint point =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(1_000_000_000)
            .setCount(3)
            .setSum(6)
            .addQuantileValues(
                SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(2))
            .addQuantileValues(
                SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(1).setValue(3))
            .build();
    assertEquals(
        List.of(
            "rtt_seconds_sum{} 6 @1000",
            "rtt_seconds_count{} 3 @1000",
            "rtt_seconds{quantile=\"0.5\"} 2 @1000",
            "rtt_seconds{quantile=\"1\"} 3 @1000"),
        Bench.encode(request(summary("rtt", "s", point))));
  }

  @Test
  void marksSeriesWithoutRecordedValueAsStale() {
    NumberDataPoint number = point(1000, 0).toBuilder().setFlags(Otlps.STALE).build();
    HistogramDataPoint histogram =
        buckets(1000, 1, List.of(1.0), List.of(1L, 2L)).toBuilder().setFlags(Otlps.STALE).build();
    assertEquals(
        List.of(
            "up{} stale @1000",
            "d_sum{} stale @1000",
            "d_count{} stale @1000",
            "d_bucket{le=\"1\"} stale @1000",
            "d_bucket{le=\"+Inf\"} stale @1000"),
        Bench.encode(request(gauge("up", "", number), histogram("d", "", CUMULATIVE, histogram))));
  }

  @Test
  void cutsTimesToMilliseconds() {
    NumberDataPoint point = point(0, 1).toBuilder().setTimeUnixNano(1_234_999_999L).build();
    assertEquals(List.of("up{} 1 @1234"), Bench.encode(request(gauge("up", "", point))));
  }

  @Test
  void sortsTheSamplesOfASeriesByTimeAndLeavesOutExactDuplicates() {
    ExportMetricsServiceRequest request =
        request(
            gauge("a", "", point(3000, 3), point(1000, 1), point(2000, 2), point(1000, 1)),
            gauge("b", "", point(1000, 7)));
    assertEquals(
        List.of("a{} 1 @1000", "a{} 2 @2000", "a{} 3 @3000", "b{} 7 @1000", "b{} 8 @1500"),
        Bench.encode(request, request(gauge("b", "", point(1500, 8), point(1000, 7)))));
  }

  @Test
  void keepsSamplesOfOneTimeThatDiffer() {
    assertEquals(
        List.of("a{} 1 @1000", "a{} 2 @1000"),
        Bench.encode(request(gauge("a", "", point(1000, 1), point(1000, 2), point(1000, 1)))));
  }

  @Test
  void findsOneSeriesForDifferentOrdersOfAttributes() {
    assertEquals(
        List.of("a{x=\"1\", y=\"2\"} 1 @1000", "a{x=\"1\", y=\"2\"} 2 @2000"),
        Bench.encode(
            request(
                gauge(
                    "a",
                    "",
                    point(2000, 2, "x", "1", "y", "2"),
                    point(1000, 1, "y", "2", "x", "1")))));
  }

  @Test
  void readsMessagesWhoseFieldsComeInAnotherOrder() throws Exception {
    Metric first = sum("", "", true, CUMULATIVE, point(1000, 1));
    Metric second = Metric.newBuilder().setName("late").setUnit("s").build();
    byte[] joined = new byte[first.getSerializedSize() + second.getSerializedSize()];
    System.arraycopy(first.toByteArray(), 0, joined, 0, first.getSerializedSize());
    System.arraycopy(
        second.toByteArray(), 0, joined, first.getSerializedSize(), second.getSerializedSize());
    // The name stands behind the points on the wire.
    com.google.protobuf.UnknownFieldSet scope =
        com.google.protobuf.UnknownFieldSet.newBuilder()
            .addField(
                2,
                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(com.google.protobuf.ByteString.copyFrom(joined))
                    .build())
            .build();
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.parseFrom(
            request().toBuilder()
                .clearResourceMetrics()
                .setUnknownFields(wrap(1, wrap(2, scope)))
                .build()
                .toByteArray());
    assertNotNull(request);
    Bench bench = Settings.plain().bench();
    byte[] bytes = wrap(1, wrap(2, scope)).toByteArray();
    bench.translate(
        dev.sluice.pipeline.Batch.of(
            dev.sluice.otlp.Signal.METRICS,
            List.of(new dev.sluice.otlp.Telemetry(dev.sluice.otlp.Signal.METRICS, bytes, 1))));
    assertEquals("{__name__=\"late_seconds_total\"}", bench.store.series(0).toString());
  }

  private static com.google.protobuf.UnknownFieldSet wrap(
      int field, com.google.protobuf.UnknownFieldSet message) {
    return com.google.protobuf.UnknownFieldSet.newBuilder()
        .addField(
            field,
            com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(message.toByteString())
                .build())
        .build();
  }

  @Test
  void countsWhatCannotBeSentByOrdinal() {
    Bench bench = Settings.plain().bench();
    List<String> lines =
        bench.v1(
            request(
                gauge("ok", "", point(1000, 1)),
                gauge("", "", point(1000, 1), point(2000, 1)),
                sum(
                    "odd",
                    "",
                    true,
                    AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED,
                    point(1000, 1)),
                gauge("fine", "", point(1000, 2))));
    assertEquals(List.of("ok{} 1 @1000", "fine{} 2 @1000"), lines);
    List<Loss> losses = bench.losses();
    assertEquals(2, losses.size());
    assertEquals("{1, 2}", String.valueOf(losses.get(0).ordinals()));
    assertEquals("{3}", String.valueOf(losses.get(1).ordinals()));
    assertEquals("unsupported_metric", losses.get(1).rule());
  }

  @Test
  void tellsTargetInfoOfEachResource() {
    assertEquals(
        List.of(
            "up{instance=\"i\", job=\"cart\"} 1 @1000",
            "up{instance=\"i\", job=\"cart\"} 2 @2000",
            "target_info{host_name=\"h\", instance=\"i\", job=\"cart\"} 1 @2000"),
        Settings.plain()
            .targetInfo()
            .bench()
            .v1(
                request(
                    attributes(
                        "service.name", "cart", "service.instance.id", "i", "host.name", "h"),
                    gauge("up", "", point(2000, 2), point(1000, 1)))));
  }

  @Test
  void tellsNoTargetInfoWithoutIdentityOrWithoutFurtherAttributes() {
    Bench bench = Settings.plain().targetInfo().bench();
    assertEquals(
        List.of("up{} 1 @1000"),
        bench.v1(request(attributes("host.name", "h"), gauge("up", "", point(1000, 1)))));
    assertEquals(
        List.of("up{job=\"a\"} 1 @1000"),
        bench.v1(request(attributes("service.name", "a"), gauge("up", "", point(1000, 1)))));
  }

  @Test
  void neverTellsTargetInfoBackInTime() {
    Bench bench = Settings.plain().targetInfo().namespace("ns").bench();
    List<io.opentelemetry.proto.common.v1.KeyValue> resource =
        attributes("service.name", "a", "host.name", "h");
    List<String> first = bench.v1(request(resource, gauge("up", "", point(2000, 1))));
    List<String> late = bench.v1(request(resource, gauge("up", "", point(1000, 1))));
    List<String> next = bench.v1(request(resource, gauge("up", "", point(3000, 1))));
    assertEquals("ns_target_info{host_name=\"h\", job=\"a\"} 1 @2000", first.get(1));
    assertEquals(1, late.size());
    assertEquals("ns_target_info{host_name=\"h\", job=\"a\"} 1 @3000", next.get(1));
  }

  @Test
  void translatesTheSameWithoutRoomInTheCache() {
    Bench bench = Settings.plain().cacheBytesMax(1).targetInfo().scopeInfo().bench();
    ExportMetricsServiceRequest request =
        request(
            attributes("service.name", "a"),
            counter("c", "", point(1000, 1, "x", "1"), point(2000, 2, "x", "1")));
    List<String> first = bench.v1(request);
    assertEquals(first, bench.v1(request));
    assertEquals(first, bench.v1(request));
    assertEquals(0, bench.translator.cache().seriesCount());
  }

  @Test
  void bringsMetadataInTheFirstVersionOnlyWhenAsked() {
    Bench bench = Settings.plain().sendMetadata().bench();
    bench.translate(
        Otlps.batch(request(counter("c", "By", point(1000, 1)), gauge("", "", point(1, 1)))));
    RequestWriterV1 writer = new RequestWriterV1(bench.store);
    assertEquals(1, writer.writeMetadata(bench.translator.metrics(), 0, 1000));
    assertEquals(
        List.of("# c_bytes_total counter \"about c\" \"bytes\""),
        Written.v1(Bench.uncompressed(writer)));
  }
}
