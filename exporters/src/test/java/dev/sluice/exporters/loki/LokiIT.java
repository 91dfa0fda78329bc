package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.array;
import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.bool;
import static dev.sluice.exporters.loki.Logs.bytes;
import static dev.sluice.exporters.loki.Logs.decimal;
import static dev.sluice.exporters.loki.Logs.integer;
import static dev.sluice.exporters.loki.Logs.map;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against a real Loki 3, whose address is in the environment variable {@code LOKI_URL}. Needs its
 * default limits and no authentication.
 */
class LokiIT {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();

  private final String run = UUID.randomUUID().toString();
  private final long now = Instant.now().getEpochSecond() * 1_000_000_000L + 123_456_789;
  private LokiServer loki = new LokiServer("");

  @BeforeEach
  void needsLoki() {
    String url = System.getenv("LOKI_URL");
    if (url == null) {
      System.err.println("SKIPPED: LokiIT needs a running Loki; set LOKI_URL");
    }
    assumeTrue(url != null, "LOKI_URL is not set");
    loki = new LokiServer(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void givesBackWhatItsOwnOtlpEndpointWouldGive(String encoding) {
    Batch pushed = Logs.batch(logs("pushed"));
    Batch direct = Logs.batch(logs("direct"));

    assertEquals(ExportResult.DELIVERED, push("encoding: " + encoding, pushed));
    loki.postOtlp(direct.parts().getFirst().bytes());

    Map<String, LokiServer.Entry> actual = byLine(loki.read(selector("pushed"), 8));
    Map<String, LokiServer.Entry> expected = byLine(loki.read(selector("direct"), 8));
    assertEquals(expected.keySet(), actual.keySet());
    for (String line : expected.keySet()) {
      LokiServer.Entry want = expected.get(line);
      LokiServer.Entry have = actual.get(line);
      assertEquals(want.timeNanos(), have.timeNanos(), line);
      assertEquals(
          without(want.labels(), "k8s_cluster_name"),
          without(have.labels(), "k8s_cluster_name"),
          line);
      assertEquals(without(want.metadata(), "event_name"), withoutOurs(have.metadata()), line);
    }
  }

  /** The differences: the second of two values under one name, and the name of an event. */
  private static Map<String, String> withoutOurs(Map<String, String> metadata) {
    return without(without(metadata, "a_b_2"), "event_name");
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> rest = new TreeMap<>(map);
    rest.remove(key);
    return rest;
  }

  private String selector(String cluster) {
    return "{service_namespace=\"%s\", k8s_cluster_name=\"%s\"}".formatted(run, cluster);
  }

  private static Map<String, LokiServer.Entry> byLine(List<LokiServer.Entry> entries) {
    Map<String, LokiServer.Entry> byLine = new TreeMap<>();
    entries.forEach(entry -> byLine.put(entry.line(), entry));
    assertEquals(entries.size(), byLine.size());
    return byLine;
  }

  private ResourceLogs[] logs(String cluster) {
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName("io.shop")
            .setVersion("1.2")
            .addAttributes(attribute("short.name", "s"))
            .setDroppedAttributesCount(4)
            .build();
    LogRecord full =
        LogRecord.newBuilder()
            .setTimeUnixNano(now)
            .setObservedTimeUnixNano(now + 7)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR2)
            .setSeverityText("Error")
            .setBody(text("everything \"quoted\" <b> & ünï ☃ 😀\tTab"))
            .addAttributes(attribute("http.request.method", "GET"))
            .addAttributes(attribute("count", integer(-5)))
            .addAttributes(attribute("ratio", decimal(1e-7)))
            .addAttributes(attribute("done", bool(true)))
            .addAttributes(attribute("raw", bytes(1, 2, 255)))
            .addAttributes(attribute("list", array(text("<a>"), integer(1), bool(false))))
            .addAttributes(
                attribute("user", map(attribute("id", integer(7)), attribute("geo.city", "Bern"))))
            .addAttributes(attribute("9to5", "digit"))
            .addAttributes(attribute("_under__score_", "x"))
            .addAttributes(attribute("__kept__", "y"))
            .addAttributes(attribute("empty", ""))
            .addAttributes(attribute("a.b", "first"))
            .addAttributes(attribute("a_b", "second"))
            .setDroppedAttributesCount(3)
            .setFlags(1)
            .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
            .setSpanId(ByteString.fromHex("a1a2a3a4a5a6a7a8"))
            .setEventName("order.placed")
            .build();
    AnyValue nested =
        map(
            attribute("z", array(decimal(1.5), decimal(1e21), decimal(3), text("\u2028\u0001"))),
            attribute(
                "a", map(attribute("y", bytes(0)), attribute("x", AnyValue.getDefaultInstance()))));
    return new ResourceLogs[] {
      resourceLogs(
          resource(cluster, "shop", attribute("host.name", "h1"), attribute("pid", integer(9))),
          scope,
          full,
          record(1, text("plain")),
          record(2, nested),
          record(3, array(text("a"), integer(1))),
          record(4, decimal(0.25)),
          record(5, integer(42)).toBuilder()
              .clearTimeUnixNano()
              .setObservedTimeUnixNano(now)
              .build()),
      resourceLogs(resource(cluster, ""), record(6, text("no service"))),
      resourceLogs(
          resource(cluster, "", attribute("k8s.container.name", "web")), record(7, text("found"))),
    };
  }

  private Resource resource(String cluster, String service, KeyValue... attributes) {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(attribute("service.namespace", run))
            .addAttributes(attribute("k8s.cluster.name", cluster))
            .addAllAttributes(List.of(attributes));
    if (!service.isEmpty()) {
      resource.addAttributes(attribute("service.name", service));
    }
    return resource.build();
  }

  private LogRecord record(int number, AnyValue body, KeyValue... attributes) {
    return Logs.record(body, attributes).toBuilder().setTimeUnixNano(now + number).build();
  }

  static Stream<String> hardValues() {
    return Stream.of(
        "quote\" back\\slash 'single' `tick`",
        "new\nline \r \t \b \f \u0000 \u0001 \u0007 \u000b \u001f \u007f",
        "ünï 日本 😀 \u00a0 \u200b \u2028 \ufeff",
        "brace } \"} , {x=\"y\"}",
        "\\x41 \\u0041 \\n",
        "x".repeat(2048));
  }

  @ParameterizedTest
  @MethodSource("hardValues")
  void givesBackHardLabelValues(String value) {
    for (String encoding : List.of("protobuf", "json")) {
      Batch batch =
          Logs.batch(
              resourceLogs(
                  resource(encoding, value), record(1, text("line"), attribute("same", value))));

      assertEquals(ExportResult.DELIVERED, push("encoding: " + encoding, batch));

      LokiServer.Entry entry = loki.read(selector(encoding), 1).getFirst();
      assertEquals(value, entry.labels().get("service_name"));
      assertEquals(value, entry.metadata().get("same"));
    }
  }

  @Test
  void takesWhateverHasNoNameOrIsNotUtf8() {
    Batch batch =
        Logs.batch(
            resourceLogs(
                resource("odd", "not \ufffd utf-8"),
                record(
                    1,
                    text("replaced \ufffd"),
                    attribute("", "1"),
                    attribute("___", "2"),
                    attribute("日本", "3"),
                    attribute("____", "4"))));

    assertEquals(ExportResult.DELIVERED, push("", batch));

    LokiServer.Entry entry = loki.read(selector("odd"), 1).getFirst();
    assertEquals("not ? utf-8", entry.labels().get("service_name"));
    assertEquals("3", entry.metadata().get("attribute_3"));
    assertEquals("replaced \ufffd", entry.line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void takesWhateverRecordsThereAre(String encoding) {
    RandomLogs logs = new RandomLogs(new Random(7), now - 100_000_000_000L);
    try (Exporter exporter = exporter("encoding: " + encoding)) {
      for (int i = 0; i < 300; i++) {
        ExportResult result = exporter.prepare(logs.batch()).attempt(PATIENT);

        ExportResult.Delivered delivered =
            assertInstanceOf(ExportResult.Delivered.class, result, "batch " + i + ": " + result);
        for (Loss loss : delivered.losses()) {
          assertEquals("invalid_tenant", loss.rule(), loss::reason);
        }
      }
    }
  }

  @Test
  void takesWhatIsAtTheLimits() {
    List<KeyValue> labels = new ArrayList<>();
    for (String key : LabelSettings.LOKI_RESOURCE) {
      if (!key.equals("service.namespace") && !key.equals("k8s.cluster.name")) {
        labels.add(attribute(key, "v"));
      }
    }
    KeyValue[] many = new KeyValue[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = attribute("k" + i, "v".repeat(1000));
    }
    Batch batch =
        Logs.batch(
            resourceLogs(
                resource("limits", "", labels.toArray(new KeyValue[0])),
                record(1, text("é".repeat(200_000)), many)));

    assertEquals(ExportResult.DELIVERED, push("", batch));

    LokiServer.Entry entry = loki.read(selector("limits"), 1).getFirst();
    assertEquals(262_144, entry.line().length() * 2);
    assertEquals("137856", entry.metadata().get("line_truncated_bytes"));
  }

  @Test
  void tellsWhatLokiRefusesAndStoresTheRest() {
    long old = now - Duration.ofDays(10).toNanos();
    Batch batch =
        Logs.batch(
            resourceLogs(
                resource("refused", "shop"),
                record(1, text("kept 1")),
                record(2, text("old")).toBuilder().setTimeUnixNano(old).build(),
                record(3, text("kept 2"))),
            resourceLogs(
                resource("refused", "other"),
                record(4, text("old too")).toBuilder().setTimeUnixNano(old).build()));

    ExportResult.Delivered delivered =
        assertInstanceOf(ExportResult.Delivered.class, push("", batch));

    BitSet refused = new BitSet();
    for (Loss loss : delivered.losses()) {
      assertEquals(loss.items(), loss.ordinals().cardinality());
      refused.or(loss.ordinals());
    }
    BitSet expected = new BitSet();
    expected.set(1);
    expected.set(3);
    assertEquals(expected, refused);
    assertEquals(2, loki.read(selector("refused"), 2).size());
  }

  @Test
  void tellsWhatIsTooFarBehindEvenWhenAnotherStreamIsFine() {
    long twoHours = Duration.ofHours(2).toNanos();
    try (Exporter exporter = exporter("")) {
      Batch first = Logs.batch(resourceLogs(resource("late", "late"), record(1, text("new"))));
      Batch second =
          Logs.batch(
              resourceLogs(
                  resource("late", "late"),
                  record(0, text("old")).toBuilder().setTimeUnixNano(now - twoHours).build(),
                  record(2, text("newer"))),
              resourceLogs(resource("late", "zfine"), record(3, text("fine"))));

      assertEquals(ExportResult.DELIVERED, exporter.prepare(first).attempt(PATIENT));
      ExportResult.Delivered delivered =
          assertInstanceOf(ExportResult.Delivered.class, exporter.prepare(second).attempt(PATIENT));

      Loss loss = delivered.losses().getFirst();
      assertEquals(BitSet.valueOf(new long[] {1}), loss.ordinals());
      assertEquals(3, loki.read(selector("late"), 3).size());
    }
  }

  @Test
  void keepsOneOfARequestSentTwice() {
    Batch batch =
        Logs.batch(
            resourceLogs(resource("twice", "a"), record(1, text("one")), record(2, text("two"))));

    assertEquals(ExportResult.DELIVERED, push("", batch));
    assertEquals(ExportResult.DELIVERED, push("", batch));

    assertEquals(2, loki.read(selector("twice"), 2).size());
  }

  @Test
  void findsTheOldExportersLabelsAndLine() {
    Batch batch =
        Logs.batch(
            resourceLogs(
                resource("old", "shop"),
                record(1, text("hello")).toBuilder()
                    .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                    .build()));

    assertEquals(ExportResult.DELIVERED, push("default_labels_enabled: {}\nformat: json", batch));

    LokiServer.Entry entry =
        loki.read("{job=\"" + run + "/shop\", exporter=\"OTLP\", level=\"INFO\"}", 1).getFirst();
    assertTrue(entry.line().startsWith("{\"body\":\"hello\""), entry.line());
  }

  @Test
  void holdsWhenNoPushApiIsThere() {
    try (Exporter exporter =
        Samples.exporter(
            new LokiExporterFactory(), Signal.LOGS, "endpoint: " + loki.url() + "/nowhere")) {
      ExportResult result = exporter.prepare(Logs.lines("a", "line")).attempt(PATIENT);

      assertInstanceOf(ExportResult.Hold.class, result);
    }
  }

  private ExportResult push(String yaml, Batch batch) {
    try (Exporter exporter = exporter(yaml)) {
      return exporter.prepare(batch).attempt(PATIENT);
    }
  }

  private Exporter exporter(String yaml) {
    ExporterContext manual = Samples.context("loki", Signal.LOGS);
    ExporterContext real =
        new ExporterContext(
            "loki", Signal.LOGS, "1", manual.meters(), new RealClock(), manual.threads());
    return Samples.plan(new LokiExporterFactory(), "endpoint: " + loki.url() + "\n" + yaml)
        .make()
        .make(real);
  }

  /** Loki judges times by the real clock, and so must the exporter. */
  private static final class RealClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return Instant.now().getEpochSecond() * 1_000_000_000L;
    }
  }
}
