package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.counter;
import static dev.sluice.exporters.prometheus.Otlps.exponential;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExemplarTest {
  private static final String IDS = "span_id=\"0102030405060708\", trace_id=\"0a0b\"";

  @Test
  void putsIdsInHexadecimal() {
    List<String> expected = List.of("c_total{} 5 @1000", "c_total{} # {" + IDS + "} 0.5 @900");
    NumberDataPoint point = point(1000, 5).toBuilder().addExemplars(exemplar(900, 0.5)).build();
    assertEquals(expected, Bench.encode(request(counter("c", "", point))));
    assertEquals(
        expected, Settings.plain().bench().v2(request(counter("c", "", point))).subList(0, 2));
  }

  @Test
  void leavesOutIdsThatAreZero() {
    Exemplar zero =
        exemplar(900, 3).toBuilder()
            .setTraceId(ByteString.copyFrom(new byte[16]))
            .clearSpanId()
            .clearAsDouble()
            .setAsInt(7)
            .build();
    NumberDataPoint point = point(1000, 5).toBuilder().addExemplars(zero).build();
    assertEquals("c_total{} # {} 7 @900", Bench.encode(request(counter("c", "", point))).get(1));
  }

  @Test
  void addsAttributesInOrderWhenAllHaveRoom() {
    Exemplar small =
        exemplar(900, 1).toBuilder().addAllFilteredAttributes(attributes("user.id", "u")).build();
    Exemplar large =
        exemplar(901, 1).toBuilder()
            .addAllFilteredAttributes(attributes("user", "x".repeat(86)))
            .build();
    Exemplar fitting =
        exemplar(902, 1).toBuilder()
            .addAllFilteredAttributes(attributes("user", "ö".repeat(128 - 23 - 12 - 4)))
            .build();
    NumberDataPoint point =
        point(1000, 5).toBuilder()
            .addExemplars(small)
            .addExemplars(large.toBuilder().addAllFilteredAttributes(attributes("b", "cde")))
            .addExemplars(fitting)
            .build();
    assertEquals(
        List.of(
            "c_total{} # {" + IDS + ", user.id=\"u\"} 1 @900",
            "c_total{} # {" + IDS + "} 1 @901",
            "c_total{} # {" + IDS + ", user=\"" + "ö".repeat(89) + "\"} 1 @902"),
        Bench.encode(request(counter("c", "", point))).subList(1, 4));
  }

  @Test
  void putsExemplarsOfHistogramsIntoTheirBuckets() {
    HistogramDataPoint point =
        buckets(1000, 4, List.of(1.0, 2.0), List.of(1L, 1L, 1L)).toBuilder()
            .addExemplars(exemplar(900, 7))
            .addExemplars(exemplar(901, 1))
            .addExemplars(exemplar(902, 1.5))
            .build();
    List<String> lines =
        Bench.encode(request(histogram("h", "", CUMULATIVE, point))).stream()
            .filter(line -> line.contains("#"))
            .toList();
    assertEquals(
        List.of(
            "h_bucket{le=\"1\"} # {" + IDS + "} 1 @901",
            "h_bucket{le=\"2\"} # {" + IDS + "} 1.5 @902",
            "h_bucket{le=\"+Inf\"} # {" + IDS + "} 7 @900"),
        lines);
  }

  @Test
  void putsExemplarsOfNativeHistogramsInOrderOfTime() {
    List<String> lines =
        Bench.encode(
            request(
                exponential(
                    "h",
                    "",
                    CUMULATIVE,
                    exponential(1000, 0, 0, 1L)
                        .addExemplars(exemplar(900, 7))
                        .addExemplars(exemplar(800, 1)))));
    assertEquals("h{} # {" + IDS + "} 1 @800", lines.get(1));
    assertEquals("h{} # {" + IDS + "} 7 @900", lines.get(2));
  }

  @Test
  void leavesOutThoseOfGauges() {
    NumberDataPoint point = point(1000, 5).toBuilder().addExemplars(exemplar(900, 0.5)).build();
    assertEquals(List.of("g{} 5 @1000"), Bench.encode(request(gauge("g", "", point))));
  }

  @Test
  void leavesOutExemplarsWithoutEnd() {
    NumberDataPoint.Builder point = point(1000, 5).toBuilder();
    for (int i = 0; i < 1000; i++) {
      point.addExemplars(exemplar(i, 1));
    }
    assertEquals(
        1 + PointFields.EXEMPLARS_MAX,
        Bench.encode(request(counter("c", "", point.build()))).size());
  }

  private static Exemplar exemplar(long millis, double value) {
    return Exemplar.newBuilder()
        .setTimeUnixNano(millis * 1_000_000)
        .setAsDouble(value)
        .setTraceId(ByteString.copyFrom(new byte[] {10, 11}))
        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .build();
  }
}
