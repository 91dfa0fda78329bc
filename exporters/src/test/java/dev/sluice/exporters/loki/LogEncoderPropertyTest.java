package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches made at random, from seeds that a failure names. */
class LogEncoderPropertyTest {
  private static final int BATCHES = 150;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRecordEndsUpOnceInOneRequestOrInOneLoss(long seed) {
    Random random = new Random(seed);
    RandomLogs logs = new RandomLogs(random, Logs.TIME);
    LabelSettings labels =
        random.nextBoolean()
            ? LabelSettings.DEFAULTS
            : new LabelSettings(
                List.of("service.name", "a.b"), List.of("level", "a"), Set.of("level", "job"));
    Limits limits =
        new Limits(
            1 + random.nextInt(4),
            20,
            10,
            random.nextBoolean() ? 0 : 40,
            random.nextBoolean(),
            random.nextInt(6),
            40 + random.nextInt(100),
            2048);
    Encoding encoding = Encoding.of(labels, limits);
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = logs.batch();
      encoding.entries(batch);
      checkOnce(encoding, batch, logs.sent(), limits, "seed " + seed + ", batch " + i);
    }
  }

  private static void checkOnce(
      Encoding encoding, Batch batch, List<LogRecord> sent, Limits limits, String where) {
    List<PushedEntry> entries = encoding.entries(batch);
    BitSet seen = new BitSet();
    int lost = 0;
    for (Loss loss : encoding.losses()) {
      assertTrue(loss.ordinals() != null && !seen.intersects(loss.ordinals()), where);
      seen.or(loss.ordinals());
      lost += loss.items();
    }
    Map<Integer, Long> times = new TreeMap<>();
    for (PushBody body : encoding.bodies(batch)) {
      assertTrue(!seen.intersects(body.ordinals()), where);
      assertEquals(body.items(), body.ordinals().cardinality(), where);
      seen.or(body.ordinals());
      checkOrder(body, where);
      for (PushBody.Slice slice : body.slices()) {
        for (int j = slice.from(); j < slice.to(); j++) {
          times.put(slice.stream().ordinal(j), slice.stream().timeNanos(j));
        }
      }
    }
    assertEquals(batch.items(), seen.cardinality(), where);
    assertEquals(batch.items(), entries.size() + lost, where);
    times.forEach(
        (ordinal, time) -> assertEquals(sent.get(ordinal).getTimeUnixNano(), time, where));
    entries.forEach(entry -> checkLimits(entry, limits, where));
  }

  private static void checkOrder(PushBody body, String where) {
    for (PushBody.Slice slice : body.slices()) {
      for (int i = slice.from() + 1; i < slice.to(); i++) {
        assertTrue(slice.stream().ordinal(i - 1) < slice.stream().ordinal(i), where);
      }
    }
  }

  private static void checkLimits(PushedEntry entry, Limits limits, String where) {
    int bytes = 0;
    for (Map.Entry<String, String> pair : entry.metadata().entrySet()) {
      assertTrue(pair.getKey().matches("[a-zA-Z_][a-zA-Z0-9_]*"), where + pair);
      assertTrue(pair.getKey().matches(".*[a-zA-Z0-9].*"), where + pair);
      bytes += utf8(pair.getKey()) + utf8(pair.getValue());
    }
    assertTrue(bytes <= limits.metadataBytesMax(), where);
    assertTrue(entry.metadata().size() <= limits.metadataEntriesMax(), where);
    assertTrue(limits.lineMax() == 0 || utf8(entry.line()) <= limits.lineMax(), where);
    assertTrue(entry.labels().matches("\\{[a-z].*=\".+\"\\}"), where + entry.labels());
    assertTrue(
        entry.labels().split(", (?=\\w+=\")").length <= limits.labelsMax(), where + entry.labels());
  }

  private static int utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }
}
