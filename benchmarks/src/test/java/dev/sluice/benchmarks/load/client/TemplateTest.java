package dev.sluice.benchmarks.load.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.payload.SeriesPayload;
import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
  private static final int ITEMS = 100;
  private static final long FIRST = Payloads.ID_BASE + 987_654_321;
  private static final long NOW = 1_800_000_000_123_000_000L;

  @Test
  void spansGetIdsAndTimes() throws Exception {
    byte[] stamped = stamped(new Payloads(1, ITEMS).next(Signal.TRACES));
    List<Span> spans =
        ExportTraceServiceRequest.parseFrom(stamped).getResourceSpansList().stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .flatMap(scope -> scope.getSpansList().stream())
            .toList();
    assertEquals(
        expected(),
        spans.stream().map(span -> span.getSpanId().asReadOnlyByteBuffer().getLong()).toList());
    assertTrue(spans.stream().allMatch(span -> span.getEndTimeUnixNano() == NOW));
  }

  @Test
  void logRecordsGetIdsInTheirLines() throws Exception {
    byte[] stamped = stamped(new Payloads(1, ITEMS).next(Signal.LOGS));
    assertEquals(expected(), logIds(stamped));
  }

  @Test
  void jsonGetsIds() throws Exception {
    byte[] stamped = stamped(new Payloads(1, ITEMS).nextJson(Signal.LOGS));
    assertEquals(expected(), logIds(JsonToProto.request(Signal.LOGS, stamped)));
  }

  @Test
  void pointsGetIdsAsTheirValues() throws Exception {
    byte[] stamped = stamped(new Payloads(1, ITEMS).next(Signal.METRICS));
    List<Long> ids = new ArrayList<>();
    ExportMetricsServiceRequest.parseFrom(stamped).getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .forEach(metric -> addIds(ids, metric));
    assertEquals(expected(), ids.stream().sorted().toList());
  }

  @Test
  void seriesAreNumberedAndStartAgain() throws Exception {
    byte[] payload = SeriesPayload.request(10);
    Template template = Template.of(payload, 10);
    ByteBuffer copy = ByteBuffer.wrap(payload.clone()).order(ByteOrder.LITTLE_ENDIAN);
    template.stamp(copy, 0, FIRST, NOW, 0xfffff5, 0xffffff);
    List<NumberDataPoint> points =
        ExportMetricsServiceRequest.parseFrom(copy.array())
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(0)
            .getSum()
            .getDataPointsList();
    assertEquals("series-00fffff5", points.getFirst().getAttributes(2).getValue().getStringValue());
    assertEquals("series-00fffffe", points.getLast().getAttributes(2).getValue().getStringValue());
  }

  @Test
  void refusesAPayloadWhoseIdsDoNotMatchItsItems() {
    byte[] payload = new Payloads(1, ITEMS).next(Signal.TRACES);
    assertThrows(IllegalArgumentException.class, () -> Template.of(payload, ITEMS + 4));
  }

  @ParameterizedTest
  @EnumSource
  void payloadsAreValidAndTheSameForASeed(Signal signal) {
    byte[] first = new Payloads(3, ITEMS).next(signal);
    assertEquals(ITEMS, Telemetry.parse(signal, first).items());
    assertEquals(ByteBuffer.wrap(first), ByteBuffer.wrap(new Payloads(3, ITEMS).next(signal)));
  }

  /** Many seeds, since an id is found by its value. */
  @Test
  void findsEachIdOnce() {
    for (int seed = 0; seed < 200; seed++) {
      Payloads payloads = new Payloads(seed, 20);
      for (Signal signal : Signal.values()) {
        Template.of(payloads.next(signal), 20);
      }
    }
  }

  private static byte[] stamped(byte[] payload) {
    byte[] copy = payload.clone();
    ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    Template.of(payload, ITEMS).stamp(buffer, 0, FIRST, NOW, 0, 1);
    return copy;
  }

  private static List<Long> expected() {
    return LongStream.range(FIRST, FIRST + ITEMS).boxed().toList();
  }

  private static List<Long> logIds(byte[] request) throws Exception {
    return ExportLogsServiceRequest.parseFrom(request).getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .map(line -> Long.parseLong(line.getBody().getStringValue(), 0, 16, 16))
        .toList();
  }

  private static void addIds(List<Long> ids, Metric metric) {
    for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
      ids.add((long) point.getAsDouble());
    }
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      ids.add(point.getAsInt());
    }
    for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
      ids.add((long) point.getSum());
    }
  }
}
