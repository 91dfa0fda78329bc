package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
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
  private static final String[] KEYS = {
    "service.name",
    "cloud.region",
    "k8s.pod.name",
    "a.b",
    "a_b",
    "level",
    "trace_id",
    "",
    "___",
    "9to5",
    "loki.format",
    "loki.tenant",
    "loki.attribute.labels",
    "loki.resource.labels",
    "org",
  };
  private static final String[] TEXTS = {
    "", "x", "json", "logfmt", "org", "level, a.b", "ü\"\\\n", "\ufffd", "acme", "no/tenant",
  };

  private final List<LogRecord> sent = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRecordEndsUpOnceInOneRequestOrInOneLoss(long seed) {
    Random random = new Random(seed);
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
      Batch batch = batch(random);
      encoding.entries(batch);
      checkOnce(encoding, batch, limits, "seed " + seed + ", batch " + i);
    }
  }

  private void checkOnce(Encoding encoding, Batch batch, Limits limits, String where) {
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

  private Batch batch(Random random) {
    sent.clear();
    List<Telemetry> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<ResourceLogs> resources = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(3); j++) {
        resources.add(resourceLogs(random));
      }
      parts.add(Logs.telemetry(resources.toArray(new ResourceLogs[0])));
    }
    return Batch.of(Signal.LOGS, parts);
  }

  private ResourceLogs resourceLogs(Random random) {
    LogRecord[] records = new LogRecord[1 + random.nextInt(5)];
    for (int i = 0; i < records.length; i++) {
      long time = Logs.TIME + random.nextLong(10_000_000_000_000L);
      records[i] =
          LogRecord.newBuilder()
              .setTimeUnixNano(time)
              .setSeverityNumberValue(random.nextInt(26))
              .setBody(value(random, 3))
              .addAllAttributes(attributes(random))
              .build();
      sent.add(records[i]);
    }
    Resource resource = Resource.newBuilder().addAllAttributes(attributes(random)).build();
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName(text(random))
            .addAllAttributes(attributes(random))
            .build();
    return Logs.resourceLogs(resource, scope, records);
  }

  private static List<KeyValue> attributes(Random random) {
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      attributes.add(Logs.attribute(KEYS[random.nextInt(KEYS.length)], value(random, 2)));
    }
    return attributes;
  }

  private static AnyValue value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1, 2 -> Logs.text(text(random));
      case 3 -> Logs.integer(random.nextLong());
      case 4 -> Logs.decimal(random.nextGaussian());
      case 5 -> Logs.nothing();
      case 6 -> Logs.array(value(random, depth - 1), value(random, depth - 1));
      default ->
          Logs.map(
              Logs.attribute(KEYS[random.nextInt(KEYS.length)], value(random, depth - 1)),
              Logs.attribute("b", value(random, depth - 1)));
    };
  }

  private static String text(Random random) {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
