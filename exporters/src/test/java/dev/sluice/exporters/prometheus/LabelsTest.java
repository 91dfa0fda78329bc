package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.attribute;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  @Test
  void escapesNamesOfAttributes() {
    assertEquals(
        List.of(
            "up{_lead=\"a\", a__b=\"b\", http_method=\"c\", key_2xx=\"d\", sch_n=\"e\"} 1 @1000"),
        encode("_lead", "a", "a__b", "b", "http.method", "c", "2xx", "d", "schön", "e"));
  }

  @Test
  void keepsNamesInUtf8WhenToldTo() {
    Bench bench = Settings.plain().strategy(TranslationStrategy.NO_TRANSLATION).bench();
    assertEquals(
        List.of("a.metric{2xx=\"b\", http.method=\"a\", ö=\"c\"} 1 @1000"),
        bench.v1(
            request(
                gauge(
                    "a.metric", "By", point(1000, 1, "http.method", "a", "2xx", "b", "ö", "c")))));
  }

  @Test
  void joinsValuesOfNamesThatCollideInTheOrderOfTheKeys() {
    assertEquals(List.of("up{a_b=\"3;1;2\"} 1 @1000"), encode("a_b", "2", "a.b", "1", "a-b", "3"));
    assertEquals(List.of("up{a_b=\"1\"} 1 @1000"), encode("a_b", "1", "a.b", "1"));
  }

  @Test
  void leavesOutEmptyValues() {
    assertEquals(List.of("up{a_b=\"x\"} 1 @1000"), encode("a.b", "", "a_b", "x", "empty", ""));
  }

  @Test
  void dropsPointsWhoseAttributeGivesNoLabelName() {
    Bench bench = Settings.plain().bench();
    assertEquals(
        List.of("up{} 2 @1000"),
        bench.v1(request(gauge("up", "", point(1000, 1, "...", "a"), point(1000, 2)))));
    assertEquals(1, bench.losses().getFirst().items());
    assertEquals("unsupported_metric", bench.losses().getFirst().rule());
    assertEquals(Loss.Kind.DROPPED, bench.losses().getFirst().kind());
  }

  @Test
  void writesValuesOfAllKindsAsGoDoes() {
    assertEquals("true", label(AnyValue.newBuilder().setBoolValue(true)));
    assertEquals("-7", label(AnyValue.newBuilder().setIntValue(-7)));
    assertEquals("1", label(AnyValue.newBuilder().setDoubleValue(1)));
    assertEquals("0.1", label(AnyValue.newBuilder().setDoubleValue(0.1)));
    assertEquals("1e-7", label(AnyValue.newBuilder().setDoubleValue(1e-7)));
    assertEquals("1.5e+21", label(AnyValue.newBuilder().setDoubleValue(1.5e21)));
    assertEquals("100000000000000000000", label(AnyValue.newBuilder().setDoubleValue(1e20)));
    assertEquals(
        "AQID",
        label(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {1, 2, 3}))));
  }

  @Test
  void writesListsAndMapsAsJson() {
    AnyValue.Builder list =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(AnyValue.newBuilder().setStringValue("a\"<\n"))
                    .addValues(AnyValue.newBuilder().setIntValue(1))
                    .addValues(AnyValue.newBuilder().setDoubleValue(2.5))
                    .addValues(AnyValue.getDefaultInstance()));
    assertEquals("[\"a\\\"<\\n\",1,2.5,null]", label(list));
    AnyValue.Builder map =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder()
                    .addValues(attribute("b", AnyValue.newBuilder().setBoolValue(false).build()))
                    .addValues(attribute("a", list.build())));
    assertEquals("{\"a\":[\"a\\\"<\\n\",1,2.5,null],\"b\":false}", label(map));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void leavesOutListsAndMapsThatJsonCannotHold(double value) {
    AnyValue number = AnyValue.newBuilder().setDoubleValue(value).build();
    AnyValue list =
        AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(number)).build();
    AnyValue.Builder map =
        AnyValue.newBuilder()
            .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("a", list)));
    assertEquals("", label(list.toBuilder()));
    assertEquals("", label(map));
  }

  @Test
  void namesJobAndInstanceAfterTheService() {
    assertEquals(
        List.of("up{instance=\"i\", job=\"shop/cart\"} 1 @1000"),
        Bench.encode(
            request(
                attributes(
                    "service.name",
                    "cart",
                    "service.namespace",
                    "shop",
                    "service.instance.id",
                    "i",
                    "host.name",
                    "h"),
                gauge("up", "", point(1000, 1, "job", "mine", "instance", "mine")))));
    assertEquals(
        List.of("up{job=\"cart\"} 1 @1000"),
        Bench.encode(request(attributes("service.name", "cart"), gauge("up", "", point(1000, 1)))));
    assertEquals(
        List.of("up{job=\"mine\"} 1 @1000"),
        Bench.encode(
            request(
                attributes("service.name", ""), gauge("up", "", point(1000, 1, "job", "mine")))));
  }

  @Test
  void addsExternalLabelsWhereTheyAreAbsent() {
    Bench bench = Settings.plain().externalLabels(Map.of("region", "eu", "tier", "x")).bench();
    assertEquals(
        List.of("up{region=\"us\", tier=\"x\"} 1 @1000"),
        bench.v1(request(gauge("up", "", point(1000, 1, "region", "us")))));
  }

  @Test
  void takesSelectedResourceAttributesAsLabels() {
    Bench bench = Settings.plain().constants(List.of("k8s.*", "host.?d"), List.of("*.uid")).bench();
    assertEquals(
        List.of("up{host_id=\"h\", k8s_pod_name=\"p\"} 1 @1000"),
        bench.v1(
            request(
                attributes(
                    "k8s.pod.name", "p", "k8s.pod.uid", "u", "host.id", "h", "host.name", "n"),
                gauge("up", "", point(1000, 1, "k8s.pod.name", "overridden")))));
  }

  @Test
  void addsScopeLabelsUnlessDisabled() {
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName("lib")
            .setVersion("1.0")
            .addAllAttributes(attributes("a.b", "c"))
            .build();
    assertEquals(
        List.of(
            "up{otel_scope_a_b=\"c\", otel_scope_name=\"lib\", otel_scope_version=\"1.0\"}"
                + " 1 @1000"),
        Settings.plain()
            .scopeInfo()
            .bench()
            .v1(request(List.of(), scope, gauge("up", "", point(1000, 1)))));
    assertEquals(
        List.of("up{} 1 @1000"),
        Bench.encode(request(List.of(), scope, gauge("up", "", point(1000, 1)))));
  }

  @Test
  void replacesInvalidUtf8() {
    // String fields of the generated classes refuse such bytes, so they are put in afterwards.
    NumberDataPoint point = point(1000, 1, "key", "AB");
    byte[] bytes = request(gauge("up", "", point)).toByteArray();
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] == 'A' && bytes[i + 1] == 'B') {
        bytes[i] = (byte) 0xff;
      }
    }
    Bench bench = Settings.plain().bench();
    bench.translate(
        dev.sluice.pipeline.Batch.of(
            dev.sluice.otlp.Signal.METRICS,
            List.of(new dev.sluice.otlp.Telemetry(dev.sluice.otlp.Signal.METRICS, bytes, 1))));
    assertEquals("{__name__=\"up\", key=\"\ufffdB\"}", bench.store.series(0).toString());
  }

  @Test
  void sortsLabelsByTheirBytes() {
    Bench bench = Settings.plain().strategy(TranslationStrategy.NO_TRANSLATION).bench();
    assertEquals(
        List.of("up{A=\"1\", a=\"2\", \ufb01=\"3\", \ud83d\ude00=\"4\"} 1 @1000"),
        bench.v1(
            request(
                gauge(
                    "up",
                    "",
                    point(1000, 1, "\ud83d\ude00", "4", "a", "2", "\ufb01", "3", "A", "1")))));
  }

  private static List<String> encode(String... attributes) {
    return Bench.encode(request(gauge("up", "", point(1000, 1, attributes))));
  }

  private static String label(AnyValue.Builder value) {
    Bench bench = Settings.plain().bench();
    NumberDataPoint point =
        point(1000, 1).toBuilder().addAttributes(attribute("k", value.build())).build();
    bench.translate(Otlps.batch(request(gauge("up", "", point))));
    return bench.store.series(0).label("k");
  }
}
