package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random batches, translated with all the caches and plainly, must give the same. */
class TranslationPropertyTest {
  private static final int BATCHES = 400;
  private static final String[] KEYS = {"a", "a.b", "a_b", "a-b", "z", "2x", "job"};
  private static final String[] VALUES = {"1", "2", "", "x y"};
  private static final String[] NAMES = {"m", "n.total", "http.time", "m_sum"};
  private static final String[] UNITS = {"", "s", "By/s", "1"};

  @Test
  void agreesWithThePlainTranslation() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Bench bench = Settings.plain().scopeInfo().cacheBytesMax(40_000).bench();
    RequestWriterV1 v1 = new RequestWriterV1(bench.store);
    RequestWriterV2 v2 = new RequestWriterV2(bench.store);
    for (int i = 0; i < BATCHES; i++) {
      List<ExportMetricsServiceRequest> requests = new ArrayList<>();
      for (int k = random.nextInt(3); k >= 0; k--) {
        requests.add(request(random));
      }
      List<String> expected = Reference.lines(requests);
      Batch batch = Otlps.batch(requests.toArray(new ExportMetricsServiceRequest[0]));
      bench.clock.advance(Duration.ofSeconds(random.nextInt(100)));
      int[] order = bench.translate(batch);
      int bytesMax = 100 + random.nextInt(5000);
      String trial = "seed " + seed + ", batch " + i;
      assertEquals(expected, written(bench, v1, order, bytesMax, false), trial);
      assertEquals(expected, written(bench, v2, order, bytesMax, true), trial);
      assertEquals(List.of(), bench.losses(), trial);
    }
  }

  private static List<String> written(
      Bench bench, RequestWriter writer, int[] order, int bytesMax, boolean second) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < bench.store.ordered()) {
      int end = writer.write(order, at, bench.store.ordered(), bytesMax);
      byte[] request = Bench.uncompressed(writer);
      int samples = writer.samples() + writer.histograms();
      assertEquals(end - at, samples, "every sample is in exactly one request");
      assertEquals(true, samples == 1 || request.length <= bytesMax, "larger than its maximum");
      List<String> some = second ? Written.v2(request) : Written.v1(request);
      some.stream()
          .filter(line -> !line.contains("#"))
          .map(line -> line.replaceFirst(" since .*", ""))
          .forEach(lines::add);
      at = end;
    }
    lines.sort(null);
    return lines;
  }

  private static ExportMetricsServiceRequest request(Random random) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      metrics.add(metric(random));
    }
    String[] resource = {"service.name", random.nextBoolean() ? "shop" : "cart", "host", "h"};
    InstrumentationScope scope =
        InstrumentationScope.newBuilder().setName(random.nextBoolean() ? "" : "lib").build();
    return Otlps.request(
        random.nextBoolean() ? List.of() : Otlps.attributes(resource),
        scope,
        metrics.toArray(new Metric[0]));
  }

  private static Metric metric(Random random) {
    String name = pick(random, NAMES);
    String unit = pick(random, UNITS);
    long millis = 1000 + random.nextInt(4);
    double value = random.nextInt(3) / 2.0;
    String[] attributes = attributes(random);
    return switch (random.nextInt(5)) {
      case 0 -> Otlps.gauge(name, unit, Otlps.point(millis, value, attributes));
      case 1 ->
          Otlps.counter(
              name,
              unit,
              Otlps.integer(millis, random.nextInt(3), attributes).toBuilder()
                  .addExemplars(
                      Exemplar.newBuilder()
                          .setAsDouble(value)
                          .addAllFilteredAttributes(Otlps.attributes("k", "v")))
                  .build(),
              Otlps.point(millis + 1, value, attributes(random)));
      case 2 ->
          Otlps.sum(name, unit, false, Otlps.CUMULATIVE, Otlps.point(millis, value, attributes));
      case 3 -> {
        List<Double> bounds = random.nextBoolean() ? List.of(0.5, 1e9) : List.of(1.0, 2.0);
        List<Long> counts = List.of((long) random.nextInt(3), 1L, 2L);
        yield Otlps.histogram(
            name, unit, Otlps.CUMULATIVE, Otlps.buckets(millis, value, bounds, counts, attributes));
      }
      default ->
          Otlps.summary(
              name,
              unit,
              SummaryDataPoint.newBuilder()
                  .setTimeUnixNano(millis * 1_000_000)
                  .setCount(random.nextInt(9))
                  .setSum(value)
                  .addAllAttributes(Otlps.attributes(attributes))
                  .addQuantileValues(
                      SummaryDataPoint.ValueAtQuantile.newBuilder()
                          .setQuantile(random.nextBoolean() ? 0.5 : 0.99)
                          .setValue(value))
                  .build());
    };
  }

  private static String[] attributes(Random random) {
    List<String> pairs = new ArrayList<>();
    for (String key : KEYS) {
      if (random.nextInt(8) == 0) {
        pairs.add(random.nextBoolean() ? 0 : pairs.size(), key);
        pairs.add(pairs.indexOf(key) + 1, pick(random, VALUES));
      }
    }
    return pairs.toArray(new String[0]);
  }

  private static String pick(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }
}
