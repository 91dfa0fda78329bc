package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.DELTA;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.counter;
import static dev.sluice.exporters.prometheus.Otlps.exponential;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static dev.sluice.exporters.prometheus.Otlps.sum;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int ROUNDS = 20;
  private static final int POINTS = 3000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocatesNothingForPointsOfKnownSeries() {
    Bench bench =
        Settings.plain()
            .targetInfo()
            .scopeInfo()
            .delta(true, POINTS, Duration.ofMinutes(5))
            .bench();
    RequestWriterV1 v1 = new RequestWriterV1(bench.store);
    RequestWriterV2 v2 = new RequestWriterV2(bench.store);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 2 * ROUNDS; i++) {
      batches.add(batch(1000 + i));
    }
    for (Batch batch : batches.subList(0, ROUNDS)) {
      encode(bench, v1, v2, batch);
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (Batch batch : batches.subList(ROUNDS, 2 * ROUNDS)) {
      encode(bench, v1, v2, batch);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    // An object a point would be 960 kB and more.
    assertTrue(allocated < 100_000, "allocated: " + allocated);
  }

  private static void encode(Bench bench, RequestWriterV1 v1, RequestWriterV2 v2, Batch batch) {
    int[] order = bench.translate(batch);
    v1.write(order, 0, bench.store.ordered(), Integer.MAX_VALUE);
    v2.write(order, 0, bench.store.ordered(), Integer.MAX_VALUE);
  }

  private static Batch batch(long millis) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < POINTS / 5; i++) {
      String label = "" + i;
      NumberDataPoint traced =
          point(millis, i, "i", label).toBuilder()
              .addExemplars(
                  Exemplar.newBuilder()
                      .setTimeUnixNano(millis * 1_000_000)
                      .setAsDouble(1)
                      .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3})))
              .build();
      metrics.add(counter("c", "By", traced));
      metrics.add(Otlps.gauge("g", "1", point(millis, i, "i", label, "j", "k")));
      metrics.add(sum("d", "", true, DELTA, point(millis, 1, "i", label)));
      metrics.add(
          histogram(
              "h", "s", CUMULATIVE, buckets(millis, 1, List.of(1.0, 2.0), List.of(1L, 2L, 3L))));
      metrics.add(
          exponential(
              "e",
              "s",
              CUMULATIVE,
              exponential(millis, 3, 0, 1L, 2L).addAllAttributes(attributes("i", label))));
    }
    return Otlps.batch(
        request(attributes("service.name", "a", "host.name", "b"), metrics.toArray(new Metric[0])));
  }
}
