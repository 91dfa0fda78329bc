package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** What libsnappy makes of our requests is compared with the requests written without copies. */
class RepeatedEntriesTest {
  /** Lines of up to 256 kB in requests of up to 4 MB. */
  private static final Limits LIMITS =
      new Limits(15, 1024, 2048, 256 << 10, true, 128, 512 << 10, 4 << 20);

  private static final int BATCHES = 150;
  private static final int[] SIZES = {0, 1, 7, 8, 9, 60, 64, 127, 128, 300, 16_384, 65_530, 70_000};
  private static final String[] NAMES = {"a", "thread.name", "http.response.status_code", "name"};

  private final PushWriter writer = new PushWriter(PushEncoding.PROTOBUF);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void writesRandomLogsAsTheyAreWithoutCompression(long seed) throws IOException {
    RandomLogs logs = new RandomLogs(new Random(seed), Logs.TIME);
    Encoding encoding = Encoding.of(LIMITS);
    int entries = 0;
    for (int i = 0; i < BATCHES; i++) {
      entries += checkAll(encoding.bodies(logs.batch()), "seed " + seed + ", batch " + i);
    }
    assertTrue(entries > BATCHES);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void writesEntriesOfAllSizesAsTheyAreWithoutCompression(long seed) throws IOException {
    Random random = new Random(seed);
    Encoding encoding = Encoding.of(LIMITS);
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = batch(random);
      String where = "seed " + seed + ", batch " + i;
      assertEquals(batch.items(), checkAll(encoding.bodies(batch), where), where);
    }
  }

  @Test
  void writesOneEntryWithoutMetadata() throws IOException {
    assertEquals(1, checkAll(Encoding.byDefault().bodies(Logs.lines("api", "a line")), "one"));
    assertEquals(1, checkAll(Encoding.byDefault().bodies(Logs.lines("api", "")), "empty"));
  }

  @Test
  void writesEntriesWithoutMetadata() throws IOException {
    String line = "a line that is the same as the one before";
    List<PushBody> bodies =
        Encoding.byDefault().bodies(Logs.lines("api", line, line, line + "?", ""));
    assertEquals(4, checkAll(bodies, "plain"));
  }

  @Test
  void copiesMetadataOfTheEntryBefore() throws IOException {
    // 1300 bytes of metadata are copies of 64 that take three each; the rest is timestamp and line.
    assertTrue(bytesOfAnEntry(new String[] {"thread.name", "main"}, 1200, "main") < 85);
    // Another value costs a literal and a copy of its name.
    assertTrue(bytesOfAnEntry(new String[] {"thread.name", "main"}, 1200, "worker-17") < 110);
  }

  @Test
  void copiesFromNoFurtherBackThanAnOffsetReaches() throws IOException {
    // Copies are made when both entries together fit 64 KiB.
    assertTrue(bytesOfAnEntry(new String[] {"large", "x".repeat(30_000)}, 2_000, "main") < 5_000);
    assertTrue(bytesOfAnEntry(new String[] {"large", "x".repeat(33_000)}, 2_000, "main") > 33_000);
  }

  /**
   * The bytes that the second of two entries takes: they share an attribute and a resource, and
   * have another attribute of their own.
   */
  private int bytesOfAnEntry(String[] attribute, int resourceBytes, String other)
      throws IOException {
    Resource resource = Logs.service("api", Logs.attribute("r", "r".repeat(resourceBytes)));
    KeyValue shared = Logs.attribute(attribute[0], attribute[1]);
    LogRecord first = Logs.record("l1", shared, Logs.attribute("other.thread.name", "main"));
    LogRecord second = Logs.record("l2", shared, Logs.attribute("other.thread.name", other));
    Encoding encoding = Encoding.of(LIMITS);
    List<PushBody> one = encoding.bodies(Logs.batch(Logs.resourceLogs(resource, first)));
    assertEquals(1, checkAll(one, "one"));
    int size = writer.write(one.getFirst()).size();
    List<PushBody> two = encoding.bodies(Logs.batch(Logs.resourceLogs(resource, first, second)));
    assertEquals(2, checkAll(two, "two"));
    return writer.write(two.getFirst()).size() - size;
  }

  /** Checks requests and their halves; the number of their entries. */
  private int checkAll(List<PushBody> bodies, String where) throws IOException {
    int entries = 0;
    for (PushBody body : bodies) {
      entries += body.items();
      check(body, where);
      if (body.items() > 1) {
        for (PushBody half : body.halves()) {
          check(half, where + ", half");
        }
      }
    }
    return entries;
  }

  private void check(PushBody body, String where) throws IOException {
    byte[] compressed = writer.write(body).toByteArray();
    assertTrue(Snappy.isValidCompressedBuffer(compressed), where);
    assertArrayEquals(plain(body), Snappy.uncompress(compressed), where);
  }

  private static byte[] plain(PushBody body) {
    WireWriter out = new WireWriter(16);
    for (PushBody.Slice slice : body.slices()) {
      LogStream stream = slice.stream();
      byte[] labels = stream.labels().utf8();
      int from = stream.start(slice.from());
      int size = stream.start(slice.to()) - from;
      out.tag(Push.Request.STREAMS, WireReader.LEN);
      out.rawVarint(1L + WireWriter.varintSize(labels.length) + labels.length + size);
      out.bytes(Push.StreamAdapter.LABELS, labels, 0, labels.length);
      out.raw(stream.array(), from, size);
    }
    return out.toByteArray();
  }

  /** Records that are much like each other, but for their sizes. */
  private static Batch batch(Random random) {
    Resource resource = Logs.service("api", Logs.attribute("host.name", text(random)));
    InstrumentationScope scope = InstrumentationScope.newBuilder().setName("scope").build();
    ResourceLogs logs =
        random.nextBoolean()
            ? Logs.resourceLogs(resource, scope, records(random))
            : Logs.resourceLogs(Logs.service("api"), records(random));
    return Logs.batch(logs, Logs.resourceLogs(resource, records(random)));
  }

  private static LogRecord[] records(Random random) {
    LogRecord[] records = new LogRecord[1 + random.nextInt(6)];
    for (int i = 0; i < records.length; i++) {
      List<KeyValue> attributes = new ArrayList<>();
      for (String name : NAMES) {
        if (random.nextInt(3) > 0) {
          attributes.add(Logs.attribute(name, text(random)));
        }
      }
      byte[] traceId = new byte[16];
      random.nextBytes(traceId);
      records[i] =
          Logs.record(text(random), attributes.toArray(new KeyValue[0])).toBuilder()
              .setSeverityNumberValue(random.nextInt(3))
              .setTraceId(ByteString.copyFrom(traceId))
              .build();
    }
    return records;
  }

  private static String text(Random random) {
    int size = SIZES[random.nextInt(random.nextInt(8) == 0 ? SIZES.length : SIZES.length - 4)];
    return "x".repeat(size / 2) + random.nextInt(3) + "y".repeat(size - size / 2);
  }
}
