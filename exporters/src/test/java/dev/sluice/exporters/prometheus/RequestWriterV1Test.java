package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestWriterV1Test {
  private final Bench bench = Settings.plain().bench();
  private final RequestWriterV1 writer = new RequestWriterV1(bench.store);

  @Test
  void copiesLabelsThatTheSeriesOfAPointShare() {
    String value = "a value that each of the series of this histogram has as one of its labels";
    byte[] plain = write(histogramOf("key", value));
    assertTrue(2 * writer.body().size() < plain.length, "compressed: " + writer.body().size());
  }

  @Test
  void writesLabelsInTheOrderOfTheirNames() {
    String plain = new String(write(histogramOf("A", "x", "m", "y")), StandardCharsets.ISO_8859_1);
    int bucket = plain.indexOf("h_bucket");
    assertTrue(plain.lastIndexOf("\n\1A", bucket) < plain.lastIndexOf("__name__", bucket));
    assertTrue(plain.lastIndexOf("\n\1A", bucket) > plain.indexOf("h_count"));
    assertTrue(plain.indexOf("le", bucket) < plain.indexOf("\n\1m", bucket));
  }

  @Test
  void writesLabelsAgainThatAreOutOfReach() {
    for (int size : new int[] {32_000, 65_000, 65_500, 65_536, 70_000}) {
      ExportMetricsServiceRequest request = histogramOf("j", "x".repeat(size), "m", "y");
      assertEquals(withoutStart(bench.v2(request)), Written.v1(write(request)));
    }
  }

  private byte[] write(ExportMetricsServiceRequest request) {
    int[] order = bench.translate(Otlps.batch(request));
    writer.write(order, 0, bench.store.ordered(), Integer.MAX_VALUE);
    return Bench.uncompressed(writer);
  }

  private static List<String> withoutStart(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst(" since .*", ""))
        .toList();
  }

  private static ExportMetricsServiceRequest histogramOf(String... attributes) {
    List<Double> bounds = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0);
    List<Long> counts = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    return request(histogram("h", "", CUMULATIVE, buckets(1000, 1, bounds, counts, attributes)));
  }
}
