package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.array;
import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.bytes;
import static dev.sluice.exporters.loki.Logs.integer;
import static dev.sluice.exporters.loki.Logs.map;
import static dev.sluice.exporters.loki.Logs.record;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.service;
import static dev.sluice.exporters.loki.Logs.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.ByteString;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hints and the labels of the Collector's former exporter. */
class HintsTest {
  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("example-logger-name").setVersion("v1").build();

  @Test
  void labelsWhatHintsName() {
    Encoding encoding = Encoding.byDefault();
    Resource resource =
        service(
            "a",
            attribute("host.name", "h"),
            attribute("os.type", "linux"),
            attribute("loki.resource.labels", "host.name, absent"));
    LogRecord record =
        record(
            "x",
            attribute("event.domain", "shop"),
            attribute("http", map(attribute("status", integer(200)))),
            attribute("kept", "yes"),
            attribute("loki.attribute.labels", array(text("event.domain"), text("http.status"))),
            attribute("loki.resource.labels", "os.type"));

    PushedEntry entry = encoding.entry(resource, record);

    assertEquals(
        "{event_domain=\"shop\", host_name=\"h\", http_status=\"200\", os_type=\"linux\","
            + " service_name=\"a\"}",
        entry.labels());
    assertEquals(Map.of("kept", "yes", "http_status", "200"), entry.metadata());
  }

  @Test
  void tellsApartRecordsWithOneHintAndOtherValues() {
    Encoding encoding = Encoding.byDefault();
    KeyValue hint = attribute("loki.attribute.labels", "color");

    List<PushedEntry> entries =
        encoding.entries(
            resourceLogs(
                service("a"),
                record("1", hint, attribute("color", "red")),
                record("2", hint, attribute("color", "blue")),
                record("3", hint, attribute("color", "red")),
                record("4", attribute("color", "red")),
                record("5", hint)));

    assertEquals(
        List.of(
            "{color=\"red\", service_name=\"a\"} 1 {}",
            "{color=\"red\", service_name=\"a\"} 3 {}",
            "{color=\"blue\", service_name=\"a\"} 2 {}",
            "{service_name=\"a\"} 4 {color=red}",
            "{service_name=\"a\"} 5 {}"),
        entries.stream()
            .map(entry -> entry.labels() + " " + entry.line() + " " + entry.metadata())
            .toList());
  }

  @Test
  void sendsEachTenantItsOwnRequest() {
    Encoding encoding = Encoding.byDefault();

    List<PushBody> bodies =
        encoding.bodies(
            Logs.batch(
                resourceLogs(
                    service("a", attribute("loki.tenant", "org"), attribute("org", "acme")),
                    record("1")),
                resourceLogs(
                    service("a"),
                    record("2", attribute("loki.tenant", "org"), attribute("org", "globex")),
                    record("3")),
                resourceLogs(
                    service("a", attribute("loki.tenant", "org")),
                    record("4", attribute("org", "acme")),
                    record("5", attribute("org", "globex")))));

    assertEquals("acme", bodies.get(0).tenant());
    assertEquals(Set.of(0, 3), ordinals(bodies.get(0)));
    assertEquals("globex", bodies.get(1).tenant());
    assertEquals(Set.of(1, 4), ordinals(bodies.get(1)));
    assertNull(bodies.get(2).tenant());
    assertEquals(Set.of(2), ordinals(bodies.get(2)));
    assertEquals(
        "{org=\"acme\", service_name=\"a\"}",
        bodies.get(0).slices().getFirst().stream().labels().text());
  }

  @Test
  void dropsARecordRatherThanGivingItToAnotherTenant() {
    Encoding encoding = Encoding.byDefault();

    List<PushedEntry> entries =
        encoding.entries(
            resourceLogs(
                service("a", attribute("loki.tenant", "org")),
                record("1", attribute("org", "no/tenant")),
                record("2", attribute("org", "acme"))));

    assertEquals(List.of("2"), entries.stream().map(PushedEntry::line).toList());
    Loss loss = encoding.losses().getFirst();
    assertEquals("invalid_tenant", loss.rule());
    assertEquals(BitSet.valueOf(new long[] {1}), loss.ordinals());
  }

  private static Set<Integer> ordinals(PushBody body) {
    return body.ordinals().stream()
        .boxed()
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  @ParameterizedTest
  @CsvSource({
    "json, json, '{\"body\":\"b\",\"severity\":\"error\"}'",
    "logfmt, '', b= severity=error",
    "raw, json, b",
    "'', json, '{\"body\":\"b\",\"severity\":\"error\"}'",
    "'', raw, b",
    "'', '', b",
    "xml, '', b",
    "'', xml, b",
  })
  void writesTheFormatThatAHintAsksForFirstOfTheResource(
      String ofResource, String ofRecord, String line) {
    Resource.Builder resource = service("a").toBuilder();
    LogRecord.Builder record = record("b").toBuilder().setSeverityText("error");
    if (!ofResource.isEmpty()) {
      resource.addAttributes(attribute("loki.format", ofResource));
    }
    if (!ofRecord.isEmpty()) {
      record.addAttributes(attribute("loki.format", ofRecord));
    }

    PushedEntry entry = Encoding.byDefault().entry(resource.build(), record.build());

    assertEquals(line, entry.line());
    assertEquals(Map.of("severity_text", "error"), entry.metadata());
  }

  @Test
  void writesTheOldJsonLine() {
    LogRecord record =
        oldRecord(text("Example <log>")).toBuilder()
            .setFlags(1)
            .addAttributes(attribute("loki.format", "json"))
            .addAttributes(attribute("event.domain", "shop"))
            .addAttributes(attribute("loki.attribute.labels", "event.domain"))
            .build();
    Resource resource = service("a", attribute("host.name", "something"));

    PushedEntry entry =
        Encoding.byDefault().entries(resourceLogs(resource, SCOPE, record)).getFirst();

    assertEquals(
        "{\"body\":\"Example \\u003clog\\u003e\",\"traceid\":\"01020304000000000000000000000000\","
            + "\"spanid\":\"0506070800000000\",\"severity\":\"error\",\"flags\":1,"
            + "\"attributes\":{\"attr1\":\"1\",\"attr2\":\"2\"},"
            + "\"resources\":{\"host.name\":\"something\"},"
            + "\"instrumentation_scope\":{\"name\":\"example-logger-name\",\"version\":\"v1\"}}",
        entry.line());
    assertEquals("{event_domain=\"shop\", service_name=\"a\"}", entry.labels());
    assertEquals(
        Map.of(
            "severity_text", "error",
            "flags", "1",
            "trace_id", "01020304000000000000000000000000",
            "span_id", "0506070800000000",
            "scope_name", "example-logger-name",
            "scope_version", "v1"),
        entry.metadata());
  }

  @Test
  void writesTheOldLogfmtLine() {
    String ids = "traceID=01020304000000000000000000000000 spanID=0506070800000000 severity=error";
    String rest =
        ids
            + " attribute_attr1=1 attribute_attr2=2 resource_host.name=something"
            + " instrumentation_scope_name=example-logger-name instrumentation_scope_version=v1";

    assertEquals("msg=\"hello world\" " + rest, logfmt(oldRecord(text("msg=\"hello world\""))));
    assertEquals("Example= log= " + rest, logfmt(oldRecord(text("Example log"))));
    assertEquals(
        "msg=\"a \\\"quoted\\\" = text\" " + rest, logfmt(oldRecord(text("a \"quoted\" = text"))));
    assertEquals("msg=\"two\\nlines\" " + rest, logfmt(oldRecord(text("two\nlines"))));
    assertEquals(
        "key1=value key2_k=\"with blank\" " + rest,
        logfmt(
            oldRecord(
                map(
                    attribute("key1", "value"),
                    attribute("key2", map(attribute("k", "with blank")))))));
    assertEquals(
        "body_0=value body_1=true body_2=123 " + rest,
        logfmt(oldRecord(array(text("value"), Logs.bool(true), integer(123)))));
    assertEquals("msg=1.1 " + rest, logfmt(oldRecord(Logs.decimal(1.1))));
    assertEquals("msg=abc " + rest, logfmt(oldRecord(bytes('a', 'b', 'c'))));
  }

  private static String logfmt(LogRecord record) {
    Resource resource =
        Logs.resource(attribute("host.name", "something"), attribute("loki.format", "logfmt"));
    return Encoding.byDefault().entries(resourceLogs(resource, SCOPE, record)).getFirst().line();
  }

  private static LogRecord oldRecord(io.opentelemetry.proto.common.v1.AnyValue body) {
    return record(body, attribute("attr1", "1"), attribute("attr2", "2")).toBuilder()
        .setSeverityText("error")
        .setTraceId(ByteString.fromHex("01020304000000000000000000000000"))
        .setSpanId(ByteString.fromHex("0506070800000000"))
        .build();
  }

  @Test
  void addsTheOldLabels() {
    Encoding encoding = Encoding.old("exporter", "job", "instance", "level");
    Resource resource =
        service(
            "api", attribute("service.namespace", "shop"), attribute("service.instance.id", "i-1"));
    LogRecord info =
        record("x").toBuilder().setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO2).build();

    PushedEntry entry = encoding.entry(resource, info);

    assertEquals(
        "{exporter=\"OTLP\", instance=\"i-1\", job=\"shop/api\", level=\"INFO2\"}", entry.labels());
    assertEquals(
        Map.of(
            "service_name", "api",
            "service_namespace", "shop",
            "service_instance_id", "i-1",
            "severity_number", "10"),
        entry.metadata());
  }

  @Test
  void takesTheLevelFromAnAttributeAndLeavesItOutWithoutSeverity() {
    Encoding encoding = Encoding.old("exporter", "job", "instance", "level");
    LogRecord.Builder record = record("x", attribute("level", "custom")).toBuilder();

    PushedEntry without = encoding.entry(service("api"), record.build());
    PushedEntry with =
        encoding.entry(
            service("api"),
            record.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_FATAL4).build());
    PushedEntry nothing = encoding.entry(Logs.resource(), record("x"));

    assertEquals("{exporter=\"OTLP\", job=\"api\"}", without.labels());
    assertEquals("{exporter=\"OTLP\", job=\"api\", level=\"custom\"}", with.labels());
    assertEquals("{exporter=\"OTLP\"}", nothing.labels());
  }

  @Test
  void neverSendsAStreamWithoutLabels() {
    PushedEntry entry = Encoding.old("job").entry(Logs.resource(), record("x"));

    assertEquals("{service_name=\"unknown_service\"}", entry.labels());
  }

  @Test
  void labelsConfiguredAttributes() {
    Encoding encoding =
        Encoding.of(
            new LabelSettings(
                List.of("service.name", "host"), List.of("color", "http.method"), Set.of()));

    List<PushedEntry> entries =
        encoding.entries(
            resourceLogs(
                service("a", attribute("host", "h"), attribute("cloud.region", "eu")),
                record("1", attribute("color", "red"), attribute("size", "L")),
                record("2", attribute("http", map(attribute("method", "GET")))),
                record("3")));

    assertEquals(
        List.of(
            "{color=\"red\", host=\"h\", service_name=\"a\"} {size=L, cloud_region=eu}",
            "{host=\"h\", http_method=\"GET\", service_name=\"a\"}"
                + " {http_method=GET, cloud_region=eu}",
            "{host=\"h\", service_name=\"a\"} {cloud_region=eu}"),
        entries.stream().map(entry -> entry.labels() + " " + entry.metadata()).toList());
  }
}
