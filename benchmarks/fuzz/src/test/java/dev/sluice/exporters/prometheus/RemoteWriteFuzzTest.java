package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.fuzz.BackendSchema;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Fuzzes the remote write encoders with valid metrics, batch after batch with the same caches and
 * with settings that the input chooses: nothing is thrown, Prometheus's own schema parses each
 * request, labels are as it wants them, and 1.0 and 2.0 say the same. "Reliability test 35".
 */
class RemoteWriteFuzzTest {
  private static final int BATCHES_MAX = 3;
  private static final Pattern START = Pattern.compile(" since -?\\d+$");
  private static final TranslationStrategy[] STRATEGIES = TranslationStrategy.values();

  // Held, because a logger that nobody holds is made anew, with its level forgotten.
  private static final Logger QUIET = Logger.getLogger("dev.sluice.exporters");

  static {
    QUIET.setLevel(Level.OFF); // Of caches that are too small by intent.
  }

  @FuzzTest
  void batch(byte[] bytes) {
    TimeLimit.hold(bytes, RemoteWriteFuzzTest::encode);
  }

  private static void encode(byte[] bytes) {
    Input input = new Input(bytes);
    TranslationStrategy strategy = STRATEGIES[input.nextInt(STRATEGIES.length)];
    Bench bench = settings(input, strategy).bench();
    int bytesMax = 100 + input.nextInt(5000);
    RequestWriterV1 v1 = new RequestWriterV1(bench.store);
    RequestWriterV2 v2 = new RequestWriterV2(bench.store);
    for (Batch batch : batches(input)) {
      bench.clock.advance(Duration.ofSeconds(40));
      int[] order = bench.translate(batch);
      int lost = bench.losses().stream().mapToInt(Loss::items).sum();
      assertTrue(lost <= batch.items(), "more lost than there was");
      RequestCheck check = new RequestCheck(strategy);
      List<String> first = written(bench, v1, order, bytesMax, check);
      List<String> second = written(bench, v2, order, bytesMax, check);
      assertEquals(first, second);
    }
  }

  private static Settings settings(Input input, TranslationStrategy strategy) {
    Settings settings = Settings.plain().strategy(strategy);
    if (input.nextBoolean()) {
      settings.targetInfo().scopeInfo();
    }
    if (input.nextBoolean()) {
      settings.customBuckets(input.nextBoolean());
    }
    if (input.nextBoolean()) {
      settings.namespace("ns").externalLabels(Map.of("cluster", "one", "a", "b"));
    }
    if (input.nextBoolean()) {
      settings.constants(List.of("*"), List.of("service.*"));
    }
    return settings
        .delta(input.nextBoolean(), 1 + input.nextInt(100), Duration.ofMinutes(1))
        .cacheBytesMax(input.nextInt(1 << 16));
  }

  /** Some batches, and the first once more, which is then in the caches. */
  private static List<Batch> batches(Input input) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES_MAX && !input.isEmpty(); i++) {
      try {
        Telemetry metrics = Telemetry.parse(Signal.METRICS, input.request(Signal.METRICS));
        if (metrics.items() > 0) {
          batches.add(Batch.of(Signal.METRICS, List.of(metrics)));
        }
      } catch (MalformedException e) {
        // Refused by a receiver, so no encoder ever sees it.
      }
    }
    if (!batches.isEmpty()) {
      batches.add(batches.getFirst());
    }
    return batches;
  }

  /** The lines of all requests of a batch, without what only 2.0 can say. */
  private static List<String> written(
      Bench bench, RequestWriter writer, int[] order, int bytesMax, RequestCheck check) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < bench.store.ordered()) {
      int end = writer.write(order, at, bench.store.ordered(), bytesMax);
      byte[] request = Bench.uncompressed(writer);
      int samples = writer.samples() + writer.histograms();
      assertEquals(end - at, samples, "every sample is in exactly one request");
      assertTrue(samples == 1 || request.length <= bytesMax, "larger than its maximum");
      List<String> some;
      if (writer instanceof RequestWriterV2) {
        check.second(BackendSchema.REQUEST.parse(request));
        some = Written.v2(request);
      } else {
        check.first(BackendSchema.WRITE_REQUEST.parse(request));
        some = Written.v1(request);
      }
      some.stream()
          .filter(line -> !line.startsWith("# "))
          .map(line -> START.matcher(line).replaceFirst(""))
          .forEach(lines::add);
      at = end;
    }
    lines.sort(null);
    return lines;
  }
}
