package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Reliability test 21: five hundred series (ten thousand with {@code -Dsluice.test.series=10000}),
 * answers that are lost, backends that are busy and exporters that start again. A Prometheus that
 * takes nothing out of order has every sample, in the order of its series. Stale markers are in
 * {@code DeltaTest} and {@code NativeHistogramTest}, bytes of histograms in {@code
 * RequestWriterV1Test} and {@code TranslationPropertyTest}.
 */
class RemoteWriteOrderTest {
  private static final long PATIENT = Duration.ofSeconds(60).toNanos();
  private static final int SERIES = Integer.getInteger("sluice.test.series", 500);
  private static final int BATCHES = 6;
  private static final int RESTART_EVERY = 2;
  private static final long SEED = Long.getLong("sluice.test.seed", 21);

  private final FakePrometheus prometheus = FakePrometheus.start();
  private final Random random = new Random(SEED);
  private int faults;

  @AfterEach
  void stop() {
    prometheus.close();
  }

  @Test
  void everySeriesArrivesInItsOrderWhateverTheBackendDoes() {
    System.out.println("seed " + SEED);
    Exporter exporter = exporter();
    for (int batch = 0; batch < BATCHES; batch++) {
      if (batch > 0 && batch % RESTART_EVERY == 0) {
        exporter.close();
        exporter = exporter();
      }
      deliver(exporter.prepare(batch(batch)));
    }
    exporter.close();
    assertTrue(faults >= BATCHES, "faults: " + faults);
    for (int series = 0; series < SERIES; series++) {
      assertEquals(expected(), prometheus.stored("g{i=\"" + series + "\"}"));
    }
  }

  /** Until it is delivered, with nothing lost; before some attempts something is made to fail. */
  private void deliver(Delivery delivery) {
    for (int attempt = 0; ; attempt++) {
      if (attempt < 3 && (attempt == 0 || random.nextBoolean())) {
        boolean stores = random.nextBoolean();
        prometheus.fail(1, stores ? 0 : 503, stores);
        faults++;
      } else {
        prometheus.fail(0, 0, false);
      }
      if (delivery.attempt(PATIENT) instanceof ExportResult.Delivered(var losses)) {
        assertEquals(List.of(), losses);
        return;
      }
    }
  }

  /** Two samples a series, the later one first; series in another order each time. */
  private Batch batch(int number) {
    List<NumberDataPoint> points = new ArrayList<>();
    int shift = random.nextInt(SERIES);
    for (int sample = 1; sample >= 0; sample--) {
      for (int i = 0; i < SERIES; i++) {
        int series = (i + shift) % SERIES;
        int n = 2 * number + sample;
        points.add(point(1000L * (n + 1), n, "i", "" + series));
      }
    }
    return Otlps.batch(request(gauge("g", "", points.toArray(NumberDataPoint[]::new))));
  }

  private static List<String> expected() {
    List<String> samples = new ArrayList<>();
    for (int n = 0; n < 2 * BATCHES; n++) {
      samples.add(n + " @" + 1000L * (n + 1));
    }
    return samples;
  }

  private Exporter exporter() {
    String yaml =
        """
        endpoint: %s
        target_info: {enabled: false}
        max_batch_size_bytes: 5000
        """;
    return Samples.exporter(
        new RemoteWriteExporterFactory(), Signal.METRICS, yaml.formatted(prometheus.url()));
  }
}
