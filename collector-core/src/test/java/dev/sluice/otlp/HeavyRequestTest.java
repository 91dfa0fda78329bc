package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests that are small on the wire and would be large as objects. "Reliability test 33": they
 * are validated and counted without allocating for what is in them. The exporters' part of it is
 * {@code HostileSeriesTest}.
 */
@Timeout(60)
class HeavyRequestTest {
  private static final int SPANS = 10_000_000;
  private static final int ALLOCATED_MAX = 64 << 10;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void countsNothingInMillionsOfEmptyResources() {
    byte[] request = new byte[4 << 20];
    for (int i = 0; i < request.length; i += 2) {
      request[i] = 0x0a;
    }
    for (Signal signal : Signal.values()) {
      assertEquals(0, count(signal, request));
    }
  }

  @Test
  void countsTenMillionEmptySpansWithoutMakingThem() {
    assertEquals(SPANS, count(Signal.TRACES, emptySpans()));
  }

  @Test
  void cutsTenMillionEmptySpansInBoundedPieces() {
    Telemetry whole = Telemetry.parse(Signal.TRACES, emptySpans());
    List<Telemetry> pieces = Split.split(whole, 1_000_000, Integer.MAX_VALUE);
    assertEquals(10, pieces.size());
    assertEquals(SPANS, pieces.stream().mapToInt(Telemetry::items).sum());
    long bytes = pieces.stream().mapToLong(Telemetry::size).sum();
    assertTrue(bytes < whole.size() + 1000, () -> "pieces of " + bytes);
  }

  @Test
  void countsAPointWithAMillionAttributesWithoutMakingThem() {
    WireWriter out = new WireWriter(16 << 20);
    int resource = out.begin(Otlp.ExportRequest.RESOURCE);
    int scope = out.begin(Otlp.ResourceMetrics.SCOPE_METRICS);
    int metric = out.begin(Otlp.ScopeMetrics.METRICS);
    int gauge = out.begin(Otlp.Metric.GAUGE);
    int point = out.begin(Otlp.MetricData.DATA_POINTS);
    byte[] attribute = OtlpSamples.attribute("key", "value").toByteArray();
    for (int i = 0; i < 1_000_000; i++) {
      out.bytes(Otlp.NumberDataPoint.ATTRIBUTES, attribute, 0, attribute.length);
    }
    for (int mark : new int[] {point, gauge, metric, scope, resource}) {
      out.end(mark);
    }
    assertEquals(1, count(Signal.METRICS, out.toByteArray()));
  }

  private int count(Signal signal, byte[] request) {
    long before = thread.getCurrentThreadAllocatedBytes();
    int items = Validator.count(signal, request, 0, request.length);
    long allocated = thread.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ALLOCATED_MAX, () -> "allocated " + allocated);
    return items;
  }

  private static byte[] emptySpans() {
    byte[] spans = new byte[2 * SPANS];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = 0x12;
    }
    WireWriter out = new WireWriter(spans.length + 20);
    int resource = out.begin(Otlp.ExportRequest.RESOURCE);
    int scope = out.begin(Otlp.ResourceSpans.SCOPE_SPANS);
    out.raw(spans, 0, spans.length);
    out.end(scope);
    out.end(resource);
    return out.toByteArray();
  }
}
