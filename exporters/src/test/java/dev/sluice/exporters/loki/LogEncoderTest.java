package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.TIME;
import static dev.sluice.exporters.loki.Logs.array;
import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.bool;
import static dev.sluice.exporters.loki.Logs.bytes;
import static dev.sluice.exporters.loki.Logs.decimal;
import static dev.sluice.exporters.loki.Logs.integer;
import static dev.sluice.exporters.loki.Logs.map;
import static dev.sluice.exporters.loki.Logs.nothing;
import static dev.sluice.exporters.loki.Logs.record;
import static dev.sluice.exporters.loki.Logs.resource;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.service;
import static dev.sluice.exporters.loki.Logs.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogEncoderTest {
  private final Encoding encoding = Encoding.byDefault();

  /** Resource attributes to labels and metadata. */
  static List<Arguments> resources() {
    return List.of(
        row(service("a"), "{service_name=\"a\"}", Map.of()),
        row(resource(), "{service_name=\"unknown_service\"}", Map.of()),
        row(service(""), "{service_name=\"unknown_service\"}", Map.of()),
        row(
            service("a", attribute("service.namespace", "shop")),
            "{service_name=\"a\", service_namespace=\"shop\"}",
            Map.of()),
        row(
            service("a", attribute("host.name", "h1")),
            "{service_name=\"a\"}",
            Map.of("host_name", "h1")),
        row(
            resource(attribute("k8s.container.name", "web")),
            "{k8s_container_name=\"web\", service_name=\"web\"}",
            Map.of()),
        row(
            resource(attribute("k8s.job.name", "j"), attribute("container.name", "c")),
            "{container_name=\"c\", k8s_job_name=\"j\", service_name=\"c\"}",
            Map.of()),
        row(resource(attribute("service.name", integer(7))), "{service_name=\"7\"}", Map.of()),
        row(
            service("a", attribute("cloud.region", map(attribute("zone", "b")))),
            "{cloud_region_zone=\"b\", service_name=\"a\"}",
            Map.of()),
        row(service("a", attribute("cloud.region", "")), "{service_name=\"a\"}", Map.of()),
        row(
            service("quote\" back\\slash\nline\ttab\u0001\u007f"),
            "{service_name=\"quote\\\" back\\\\slash\\nline\\ttab\\x01\\x7f\"}",
            Map.of()),
        row(service("grün \u4f60\ud83d\ude00"), "{service_name=\"grün 你😀\"}", Map.of()),
        row(service("not \ufffd utf-8"), "{service_name=\"not ? utf-8\"}", Map.of()));
  }

  private static Arguments row(Resource resource, String labels, Map<String, String> metadata) {
    return Arguments.of(resource, labels, metadata);
  }

  @ParameterizedTest
  @MethodSource("resources")
  void indexesWhatLokiIndexesAndKeepsTheRest(
      Resource resource, String labels, Map<String, String> metadata) {
    PushedEntry entry = encoding.entry(resource, record("line"));

    assertEquals(labels, entry.labels());
    assertEquals(metadata, entry.metadata());
  }

  /** Bodies to lines; the same values as attributes have the same text. */
  static List<Arguments> values() {
    return List.of(
        Arguments.of(text("plain"), "plain"),
        Arguments.of(text(""), ""),
        Arguments.of(text("two\nlines \"quoted\" <b>"), "two\nlines \"quoted\" <b>"),
        Arguments.of(nothing(), ""),
        Arguments.of(bool(true), "true"),
        Arguments.of(bool(false), "false"),
        Arguments.of(integer(0), "0"),
        Arguments.of(integer(-42), "-42"),
        Arguments.of(integer(Long.MAX_VALUE), "9223372036854775807"),
        Arguments.of(integer(Long.MIN_VALUE), "-9223372036854775808"),
        Arguments.of(decimal(1), "1"),
        Arguments.of(decimal(-0.5), "-0.5"),
        Arguments.of(decimal(0), "0"),
        Arguments.of(decimal(1e20), "100000000000000000000"),
        Arguments.of(decimal(1e21), "1e+21"),
        Arguments.of(decimal(1.5e-7), "1.5e-7"),
        Arguments.of(decimal(0.000001), "0.000001"),
        Arguments.of(decimal(Double.NaN), "NaN"),
        Arguments.of(decimal(Double.POSITIVE_INFINITY), "Infinity"),
        Arguments.of(decimal(Double.NEGATIVE_INFINITY), "-Infinity"),
        Arguments.of(bytes(0, 1, 0xff), "AAH/"),
        Arguments.of(array(), "[]"),
        Arguments.of(
            array(text("a"), integer(1), nothing(), array(bool(true)), bytes(1)),
            "[\"a\",1,null,[true],\"AQ==\"]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesBodiesAndAttributesAsText(AnyValue value, String expected) {
    PushedEntry entry = encoding.entry(service("a"), record(value, attribute("key", value)));

    assertEquals(expected, entry.line());
    assertEquals(Map.of("key", expected), entry.metadata());
  }

  @Test
  void writesMapsAsJsonSortedByKey() {
    AnyValue body =
        map(
            attribute("b", text("quote\" <tag> \u2028 \u0001")),
            attribute("a", map(attribute("z", decimal(1e21)), attribute("y", integer(1)))),
            attribute("b", text("the last wins")),
            attribute("Z", nothing()));

    PushedEntry entry = encoding.entry(service("a"), record(body));

    assertEquals("{\"Z\":null,\"a\":{\"y\":1,\"z\":1e+21},\"b\":\"the last wins\"}", entry.line());
  }

  @Test
  void escapesJsonAsGoDoes() {
    PushedEntry entry =
        encoding.entry(
            service("a"),
            record(array(text("q\" b\\ n\n r\r t\t b\b f\f \u0001 \u2028\u2029 <&> é😀"))));

    assertEquals(
        "[\"q\\\" b\\\\ n\\n r\\r t\\t b\\b f\\f \\u0001 \\u2028\\u2029 <&> é😀\"]", entry.line());
  }

  @Test
  void sortsMapsOfManyKeys() {
    KeyValue[] pairs = new KeyValue[5000];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = attribute("k%04d".formatted((i * 2741) % pairs.length), integer(i));
    }

    String line = encoding.entry(service("a"), record(map(pairs))).line();

    String[] keys = line.replaceAll("[{}\"]", "").replaceAll(":\\d+", "").split(",");
    assertEquals(5000, keys.length);
    for (int i = 0; i < keys.length; i++) {
      assertEquals("k%04d".formatted(i), keys[i]);
    }
  }

  @Test
  void keepsEverythingElseAsStructuredMetadata() {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(TIME)
            .setObservedTimeUnixNano(TIME + 5)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
            .setSeverityText("Warning")
            .setBody(text("disk is filling"))
            .addAttributes(attribute("http.request.method", "GET"))
            .addAttributes(
                attribute("user", map(attribute("id", integer(7)), attribute("geo.city", "Bern"))))
            .setDroppedAttributesCount(3)
            .setFlags(1)
            .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
            .setSpanId(ByteString.fromHex("a1a2a3a4a5a6a7a8"))
            .setEventName("disk.warning")
            .build();
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName("io.shop")
            .setVersion("1.2")
            .addAttributes(attribute("short.name", "shop"))
            .setDroppedAttributesCount(2)
            .build();
    Resource resource = service("a", attribute("process.pid", integer(99)));

    PushedEntry entry = encoding.entries(resourceLogs(resource, scope, record)).getFirst();

    assertEquals(TIME, entry.timeNanos());
    assertEquals(
        List.of(
            "observed_timestamp=1767225600123456794",
            "severity_number=13",
            "severity_text=Warning",
            "dropped_attributes_count=3",
            "flags=1",
            "trace_id=0102030405060708090a0b0c0d0e0f10",
            "span_id=a1a2a3a4a5a6a7a8",
            "event_name=disk.warning",
            "http_request_method=GET",
            "user_id=7",
            "user_geo_city=Bern",
            "scope_name=io.shop",
            "scope_version=1.2",
            "scope_dropped_attributes_count=2",
            "short_name=shop",
            "process_pid=99"),
        entry.metadata().entrySet().stream().map(Object::toString).toList());
  }

  @Test
  void leavesOutIdsOfZeros() {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(TIME)
            .setTraceId(ByteString.copyFrom(new byte[16]))
            .setSpanId(ByteString.copyFrom(new byte[8]))
            .build();

    assertEquals(Map.of(), encoding.entry(service("a"), record).metadata());
  }

  @Test
  void takesTheObservedTimeAndThenTheClockForAMissingTime() {
    LogRecord observed = LogRecord.newBuilder().setObservedTimeUnixNano(TIME + 9).build();
    LogRecord timeless = LogRecord.newBuilder().setBody(text("x")).build();

    PushedEntry first = encoding.entry(service("a"), observed);
    PushedEntry second = encoding.entry(service("a"), timeless);

    assertEquals(TIME + 9, first.timeNanos());
    assertEquals(Map.of(), first.metadata());
    assertEquals(encoding.clock().epochNanos(), second.timeNanos());
  }

  @Test
  void renamesAnotherValueUnderATakenName() {
    KeyValue[] attributes = {
      attribute("a.b", "first"),
      attribute("a_b", "second"),
      attribute("a-b", "first"),
      attribute("a", map(attribute("b", "third"))),
      attribute("trace_id", "not the field"),
    };
    LogRecord record =
        record("line", attributes).toBuilder()
            .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
            .build();

    PushedEntry entry = encoding.entry(service("s", attribute("a.b", "resource")), record);

    assertEquals(
        Map.of(
            "trace_id", "0102030405060708090a0b0c0d0e0f10",
            "trace_id_2", "not the field",
            "a_b", "first",
            "a_b_2", "second",
            "a_b_3", "third",
            "a_b_4", "resource"),
        entry.metadata());
  }

  @Test
  void namesAttributesThatHaveNoName() {
    PushedEntry entry =
        encoding.entry(
            service("s"),
            record("x", attribute("", "1"), attribute("___", "2"), attribute("日本", "3")));

    assertEquals(
        Map.of("attribute", "1", "attribute_2", "2", "attribute_3", "3"), entry.metadata());
  }

  @Test
  void groupsByStreamAndKeepsTheOrderOfArrival() {
    List<PushedEntry> entries =
        encoding.entries(
            resourceLogs(service("a"), record("a1"), record("a2")),
            resourceLogs(service("b"), record("b1")),
            resourceLogs(service("a"), record("a3")));

    assertEquals(List.of("a1", "a2", "a3", "b1"), entries.stream().map(PushedEntry::line).toList());
    assertEquals(1, encoding.bodies(Logs.lines("a", "x", "y")).getFirst().slices().size());
  }

  @Test
  void findsTheResourceAndTheScopeBehindTheRecords() {
    byte[] records = record("line").toByteArray();
    byte[] scope = InstrumentationScope.newBuilder().setName("late").build().toByteArray();
    byte[] scopeLogs = join(field(2, records), field(1, scope));
    byte[] resourceLogs = join(field(2, scopeLogs), field(1, service("late").toByteArray()));
    Telemetry telemetry = new Telemetry(Signal.LOGS, field(1, resourceLogs), 1);

    PushedEntry entry = encoding.entries(Batch.of(Signal.LOGS, List.of(telemetry))).getFirst();

    assertEquals("{service_name=\"late\"}", entry.labels());
    assertEquals(Map.of("scope_name", "late"), entry.metadata());
  }

  @Test
  void numbersRecordsThroughAllParts() {
    Telemetry first = Logs.telemetry(resourceLogs(service("a"), record("0"), record("1")));
    Telemetry second =
        Logs.telemetry(
            resourceLogs(service("b"), record("2")), resourceLogs(service("a"), record("3")));

    List<PushBody> bodies = encoding.bodies(Batch.of(Signal.LOGS, List.of(first, second)));

    List<PushBody.Slice> slices = bodies.getFirst().slices();
    assertEquals(0, slices.get(0).stream().ordinal(0));
    assertEquals(1, slices.get(0).stream().ordinal(1));
    assertEquals(3, slices.get(0).stream().ordinal(2));
    assertEquals(2, slices.get(1).stream().ordinal(0));
  }

  @Test
  void forgetsTheLastBatch() {
    encoding.entries(Logs.lines("a", "one", "two"));

    List<PushedEntry> entries = encoding.entries(Logs.lines("a", "three"));

    assertEquals(List.of("three"), entries.stream().map(PushedEntry::line).toList());
    assertTrue(encoding.losses().isEmpty());
  }

  private static byte[] field(int number, byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = message.length;
    while (length >= 0x80) {
      out.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(message);
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
