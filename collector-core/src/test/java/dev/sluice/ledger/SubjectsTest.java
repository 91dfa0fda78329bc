package dev.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What items are known by, and which questions find them. */
class SubjectsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "ffffffffffffffffffffffffffffff01";

  @Test
  void tracesAreTheirIdsEachOnce() {
    Telemetry request = spans(TRACE, OTHER, TRACE, TRACE);
    List<Subjects> read = SubjectReader.read(request);
    assertEquals(1, read.size());
    assertEquals(4, read.getFirst().items());
    assertEquals(List.of(TRACE, OTHER), ids(read));
    assertTrue(finds(Question.trace(TRACE.toUpperCase(java.util.Locale.ROOT)), request));
    assertFalse(finds(Question.trace("1".repeat(32)), request));
  }

  @Test
  void aHugeRequestComesInPiecesThatHaveEveryItem() {
    String[] traces = new String[50_000];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = "%032x".formatted(i + 1);
    }
    List<Subjects> read = SubjectReader.read(spans(traces));
    assertTrue(read.size() > 1);
    assertEquals(50_000, read.stream().mapToInt(Subjects::items).sum());
    assertEquals(List.of(traces), ids(read));
  }

  @Test
  void logsAreFoundByTheWholeBodyOrAPartOfItsBeginning() {
    String body = "payment 4711 failed: " + "x".repeat(500) + " end";
    Telemetry request = logs(string("other"), string(body));
    assertTrue(finds(Question.log(body), request), "by its hash");
    assertTrue(finds(Question.log("4711"), request));
    assertFalse(finds(Question.log(body + "!"), request));
    assertFalse(finds(Question.log(" end"), request), "beyond what is kept");
    assertFalse(finds(Question.log("4712"), request));
  }

  @Test
  void bodiesOfOtherKindsReadAsTheyAreWritten() {
    AnyValue map =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder()
                    .addValues(attribute("user", "ann"))
                    .addValues(KeyValue.newBuilder().setKey("n").setValue(number(7))))
            .build();
    AnyValue list =
        AnyValue.newBuilder()
            .setArrayValue(ArrayValue.newBuilder().addValues(number(1)).addValues(string("b")))
            .build();
    List<String> texts = new ArrayList<>();
    for (Subjects some :
        SubjectReader.read(logs(map, list, number(42), AnyValue.newBuilder().build()))) {
      some.forEach(subject -> texts.add(subject.text()));
    }
    assertEquals(List.of("user=ann n=7", "1 b", "42", ""), texts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.requests",
        "http_requests_total",
        "http_requests{method=\"GET\"}",
        "http_requests_total{job=\"acme/shop\",instance=\"i-1\",method=\"GET\"}",
        "{__name__=\"http_requests_seconds_bucket\",le=\"0.5\",http_route=\"/a\\\"b\"}",
        "{method=\"GET\"}"
      })
  void seriesAreFoundByTheNamesOfOtlpAndOfPrometheus(String asked) {
    assertTrue(finds(Question.series(asked), points()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http",
        "http_requests_failed",
        "http_requests_total{method=\"POST\"}",
        "http_requests_total{job=\"shop\"}",
        "http_requests_total{colour=\"red\"}"
      })
  void seriesAreNotFoundByOtherNames(String asked) {
    assertFalse(finds(Question.series(asked), points()));
  }

  @Test
  void pointsOfAllKindsAreSeries() {
    assertEquals(5, SubjectReader.read(points()).getFirst().items());
    for (String name : List.of("gauge", "histogram", "exponential", "summary")) {
      assertTrue(finds(Question.series(name + "{kind=\"" + name + "\"}"), points()), name);
    }
  }

  @Test
  void nonsenseIsRefusedWithWhatIsWanted() {
    for (String id : List.of("", "12", "g".repeat(32))) {
      assertTrue(refusal(() -> Question.trace(id)).contains("32 hexadecimal digits"));
    }
    assertTrue(refusal(() -> Question.log("  ")).contains("empty"));
    assertTrue(refusal(() -> Question.series("")).contains("name{key="));
    assertTrue(refusal(() -> Question.series("a{b=c}")).contains("b=c"));
  }

  private static String refusal(Runnable asking) {
    return org.junit.jupiter.api.Assertions.assertThrows(
            IllegalArgumentException.class, asking::run)
        .getMessage();
  }

  private static boolean finds(Question question, Telemetry telemetry) {
    return SubjectReader.read(telemetry).stream().anyMatch(some -> question.first(some) != null);
  }

  private static List<String> ids(List<Subjects> read) {
    List<String> ids = new ArrayList<>();
    read.forEach(some -> some.forEach(subject -> ids.add(subject.id())));
    return ids;
  }

  private static Telemetry spans(String... traces) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (String trace : traces) {
      scope.addSpans(Span.newBuilder().setTraceId(ByteString.fromHex(trace)).setName("x"));
    }
    return Telemetry.parse(
        Signal.TRACES,
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
            .build()
            .toByteArray());
  }

  private static Telemetry logs(AnyValue... bodies) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (AnyValue body : bodies) {
      scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(1).setBody(body));
    }
    return Telemetry.parse(
        Signal.LOGS,
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build()
            .toByteArray());
  }

  private static Telemetry points() {
    NumberDataPoint.Builder get =
        NumberDataPoint.newBuilder()
            .setAsInt(1)
            .addAttributes(attribute("method", "GET"))
            .addAttributes(attribute("http.route", "/a\"b"));
    Resource resource =
        Resource.newBuilder()
            .addAttributes(attribute("host.name", "h"))
            .addAttributes(attribute("service.name", "shop"))
            .addAttributes(attribute("service.namespace", "acme"))
            .addAttributes(attribute("service.instance.id", "i-1"))
            .build();
    ScopeMetrics scope =
        ScopeMetrics.newBuilder()
            .addMetrics(
                Metric.newBuilder()
                    .setName("http.requests")
                    .setGauge(Gauge.newBuilder().addDataPoints(get)))
            .addMetrics(
                Metric.newBuilder()
                    .setName("gauge")
                    .setGauge(
                        Gauge.newBuilder()
                            .addDataPoints(
                                NumberDataPoint.newBuilder()
                                    .addAttributes(attribute("kind", "gauge")))))
            .addMetrics(
                Metric.newBuilder()
                    .setName("histogram")
                    .setHistogram(
                        Histogram.newBuilder()
                            .addDataPoints(
                                HistogramDataPoint.newBuilder()
                                    .addAttributes(attribute("kind", "histogram")))))
            .addMetrics(
                Metric.newBuilder()
                    .setName("exponential")
                    .setExponentialHistogram(
                        ExponentialHistogram.newBuilder()
                            .addDataPoints(
                                ExponentialHistogramDataPoint.newBuilder()
                                    .addAttributes(attribute("kind", "exponential")))))
            .addMetrics(
                Metric.newBuilder()
                    .setName("summary")
                    .setSummary(
                        Summary.newBuilder()
                            .addDataPoints(
                                SummaryDataPoint.newBuilder()
                                    .addAttributes(attribute("kind", "summary")))))
            .build();
    return Telemetry.parse(
        Signal.METRICS,
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
            .build()
            .toByteArray());
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(string(value)).build();
  }

  private static AnyValue string(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static AnyValue number(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }
}
