package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.WireWriter;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEntriesTest {
  private static final int BATCHES = 300;
  private static final LogRecord PLAIN =
      LogRecord.newBuilder(Logs.record("a line"))
          .setObservedTimeUnixNano(Logs.TIME)
          .setSeverityNumberValue(9)
          .setSeverityText("INFO")
          .setFlags(1)
          .setTraceId(
              ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7}))
          .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
          .addAttributes(Logs.attribute("text", "x".repeat(1000)))
          .addAttributes(Logs.attribute("integer", Logs.integer(Long.MAX_VALUE)))
          .addAttributes(Logs.attribute("boolean", Logs.bool(true)))
          .addAttributes(Logs.attribute("double", Logs.decimal(-Double.MIN_VALUE)))
          .build();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void writesThePlainOnesAsTheOthersAreWritten(long seed) {
    Random random = new Random(seed);
    LabelSettings labels =
        random.nextBoolean()
            ? LabelSettings.DEFAULTS
            : new LabelSettings(List.of("service.name"), List.of("a.b"), Set.of("level"));
    Limits limits =
        new Limits(15, 50, 50, random.nextInt(300), true, random.nextInt(20), 600, 1 << 20);
    Encoding plain = Encoding.of(labels, limits, true);
    Encoding general = Encoding.of(labels, limits, false);
    RandomLogs logs = new RandomLogs(random, Logs.TIME);
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = logs.batch();
      List<PushBody> expected = general.bodies(batch);
      List<PushBody> bodies = plain.bodies(batch);
      assertEquals(expected.size(), bodies.size());
      for (int j = 0; j < bodies.size(); j++) {
        assertArrayEquals(
            Encoding.request(expected.get(j)), Encoding.request(bodies.get(j)), "batch " + i);
        assertEquals(expected.get(j).ordinals(), bodies.get(j).ordinals());
      }
    }
  }

  @Test
  void takesWhatSdksWrite() {
    assertTrue(takes(PLAIN, Limits.DEFAULTS));
  }

  @Test
  void leavesWhatIsNotPlain() {
    assertFalse(takes(Logs.record(Logs.integer(7)), Limits.DEFAULTS));
    assertFalse(takes(with("hint", "x", "loki.format", "json"), Limits.DEFAULTS));
    assertFalse(takes(with("a.b", "x", "a_b", "y"), Limits.DEFAULTS));
    assertFalse(takes(with("trace.id", "x", "other", "y"), Limits.DEFAULTS));
    assertFalse(takes(with("host.name", "x", "other", "y"), Limits.DEFAULTS));
    assertFalse(takes(with("scope.name", "x", "other", "y"), Limits.DEFAULTS));
    LogRecord.Builder negative = PLAIN.toBuilder();
    negative.addAttributes(Logs.attribute("negative", Logs.integer(-1)));
    assertFalse(takes(negative.build(), Limits.DEFAULTS));
    LogRecord.Builder nested = PLAIN.toBuilder();
    nested.addAttributes(Logs.attribute("map", Logs.map(Logs.attribute("a", "b"))));
    assertFalse(takes(nested.build(), Limits.DEFAULTS));
  }

  @Test
  void leavesWhatDoesNotFit() {
    assertTrue(takes(PLAIN, new Limits(15, 99, 99, 6, true, 14, 2000, 1 << 20)));
    assertFalse(takes(PLAIN, new Limits(15, 99, 99, 5, true, 14, 2000, 1 << 20)));
    assertFalse(takes(PLAIN, new Limits(15, 99, 99, 6, true, 11, 2000, 1 << 20)));
    assertFalse(takes(PLAIN, new Limits(15, 99, 99, 6, true, 14, 1000, 1 << 20)));
  }

  private static LogRecord with(String... attributes) {
    LogRecord.Builder record = PLAIN.toBuilder();
    for (int i = 0; i < attributes.length; i += 2) {
      record.addAttributes(Logs.attribute(attributes[i], attributes[i + 1]));
    }
    return record.build();
  }

  private static boolean takes(LogRecord log, Limits limits) {
    Placements placements = new Placements(LabelSettings.DEFAULTS, limits, null);
    PlainEntries plain = new PlainEntries(limits, placements.names());
    LogRecordPositions record = new LogRecordPositions();
    byte[] bytes = log.toByteArray();
    record.read(bytes, 0, bytes.length);
    Resource resource = Logs.service("api", Logs.attribute("host.name", "h"));
    byte[] raw = resource.toByteArray();
    byte[] scope = InstrumentationScope.newBuilder().setName("scope").build().toByteArray();
    WireWriter out = new WireWriter(16);
    boolean taken =
        plain.hasPlainLine(record)
            && plain.write(
                record,
                placements.resource(raw, 0, raw.length).placement(),
                placements.scope(scope, 0, scope.length),
                Logs.TIME,
                out);
    assertEquals(taken, out.size() > 0);
    return taken;
  }
}
