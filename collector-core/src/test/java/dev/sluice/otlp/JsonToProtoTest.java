package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonToProtoTest {
  @Test
  void readsSpansAsTheSpecificationWritesThem() throws Exception {
    String json =
        """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeSpans": [{
            "scope": {"name": "io.shop", "version": "1.0.0"},
            "spans": [{
              "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
              "parentSpanId": "", "name": "GET /", "kind": 2, "traceState": null,
              "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": 1544712661000000000,
              "flags": 4294967295,
              "events": [{"timeUnixNano": "1", "name": "e", "droppedAttributesCount": 3}],
              "links": [{"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174"}],
              "status": {"code": "STATUS_CODE_ERROR", "message": "no"}
            }]
          }]
        }]}
        """;
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.parseFrom(transcode(Signal.TRACES, json));
    Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertEquals(
        "5b8efff798038103d269b633813fc60c",
        HexFormat.of().formatHex(span.getTraceId().toByteArray()));
    assertEquals(8, span.getSpanId().size());
    assertEquals(Span.SpanKind.SPAN_KIND_SERVER, span.getKind());
    assertEquals(1_544_712_660_000_000_000L, span.getStartTimeUnixNano());
    assertEquals(1_544_712_661_000_000_000L, span.getEndTimeUnixNano());
    assertEquals(-1, span.getFlags());
    assertEquals(3, span.getEvents(0).getDroppedAttributesCount());
    assertEquals(span.getTraceId(), span.getLinks(0).getTraceId());
    assertEquals(2, span.getStatus().getCodeValue());
  }

  @Test
  void readsMetricsAsTheSpecificationWritesThem() throws Exception {
    String json =
        """
        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [
          {"name": "c", "sum": {"aggregationTemporality": "AGGREGATION_TEMPORALITY_DELTA",
            "isMonotonic": true, "dataPoints": [{"asInt": "-5", "timeUnixNano": 1}]}},
          {"name": "g", "gauge": {"dataPoints": [{"asDouble": "NaN"}, {"asDouble": 10}]}},
          {"name": "h", "histogram": {"aggregationTemporality": 2, "dataPoints": [
            {"count": 3, "sum": 0, "bucketCounts": ["1", 2, 18446744073709551615],
             "explicitBounds": [1, 2.5], "min": -0.0}]}},
          {"name": "e", "exponentialHistogram": {"dataPoints": [
            {"scale": -3, "positive": {"offset": "-2", "bucketCounts": ["300"]}}]}},
          {"name": "s", "summary": {"dataPoints": [
            {"quantileValues": [{"quantile": 0.5, "value": "Infinity"}]}]}}
        ]}]}]}
        """;
    byte[] bytes = transcode(Signal.METRICS, json);
    assertEquals(6, Validator.count(Signal.METRICS, bytes, 0, bytes.length));
    var metrics =
        ExportMetricsServiceRequest.parseFrom(bytes).getResourceMetrics(0).getScopeMetrics(0);
    Metric sum = metrics.getMetrics(0);
    assertEquals(1, sum.getSum().getAggregationTemporalityValue());
    assertEquals(-5, sum.getSum().getDataPoints(0).getAsInt());
    NumberDataPoint gauge = metrics.getMetrics(1).getGauge().getDataPoints(0);
    assertTrue(Double.isNaN(gauge.getAsDouble()));
    HistogramDataPoint histogram = metrics.getMetrics(2).getHistogram().getDataPoints(0);
    assertEquals(-1, histogram.getBucketCounts(2));
    assertEquals(2.5, histogram.getExplicitBounds(1));
    assertTrue(histogram.hasSum());
    assertEquals(-0.0, histogram.getMin());
    ExponentialHistogramDataPoint exponential =
        metrics.getMetrics(3).getExponentialHistogram().getDataPoints(0);
    assertEquals(-3, exponential.getScale());
    assertEquals(-2, exponential.getPositive().getOffset());
    assertEquals(
        Double.POSITIVE_INFINITY,
        metrics.getMetrics(4).getSummary().getDataPoints(0).getQuantileValues(0).getValue());
  }

  @Test
  void readsAllKindsOfValuesAndOriginalNames() throws Exception {
    LogRecord record =
        logRecord(
            """
            {"severity_number": "SEVERITY_NUMBER_WARN2", "severityText": "W\\u00e4rn \\ud834\\udd1e",
             "body": {"kvlist_value": {"values": [
               {"key": "b", "value": {"bytesValue": "-_8="}},
               {"key": "i", "value": {"intValue": "9223372036854775807"}},
               {"key": "d", "value": {"doubleValue": 1e3}},
               {"key": "t", "value": {"boolValue": false}},
               {"key": "n", "value": {"stringValue": null}},
               {"key": "a", "value": {"arrayValue": {"values": [{}, {"stringValue": ""}]}}}
             ]}},
             "unknown": {"deep": [1, {"x": [null]}]}, "flags": 1}
            """);
    assertEquals(14, record.getSeverityNumberValue());
    assertEquals("Wärn 𝄞", record.getSeverityText());
    var values = record.getBody().getKvlistValue().getValuesList();
    assertEquals(
        "fbff", HexFormat.of().formatHex(value(values.get(0)).getBytesValue().toByteArray()));
    assertEquals(Long.MAX_VALUE, value(values.get(1)).getIntValue());
    assertEquals(1000, value(values.get(2)).getDoubleValue());
    assertTrue(value(values.get(3)).hasBoolValue());
    assertEquals(AnyValue.ValueCase.VALUE_NOT_SET, value(values.get(4)).getValueCase());
    assertEquals(2, value(values.get(5)).getArrayValue().getValuesCount());
    assertTrue(value(values.get(5)).getArrayValue().getValues(1).hasStringValue());
    assertEquals(1, record.getFlags());
  }

  @Test
  void replacesHalvesOfSurrogatePairs() throws Exception {
    LogRecord record = logRecord("{\"severityText\": \"a\\ud834b\\udd1ec\\ud834\"}");
    assertEquals("a\uFFFDb\uFFFDc\uFFFD", record.getSeverityText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1\"", "1.0", "\"1.0\"", "100e-2", "1e0", "\"01\""})
  void readsWholeNumbersHoweverTheyAreWritten(String number) throws Exception {
    assertEquals(1, logRecord("{\"timeUnixNano\": " + number + "}").getTimeUnixNano());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"timeUnixNano\": -1} | is not an integer in the range of FIXED64",
        "{\"timeUnixNano\": 1.5} | is not an integer",
        "{\"timeUnixNano\": 18446744073709551616} | is not an integer",
        "{\"timeUnixNano\": 1e999999999} | is not an integer",
        "{\"timeUnixNano\": \"1e-999999999\"} | is not an integer",
        "{\"timeUnixNano\": \"\"} | is not a number",
        "{\"timeUnixNano\": true} | is not a number",
        "{\"flags\": 4294967296} | range of FIXED32",
        "{\"severityNumber\": 2147483648} | range of ENUM",
        "{\"severityNumber\": \"LOUD\"} | /severityNumber at line 1, column 69 is no name of",
        "{\"severityText\": 5} | is not a string",
        "{\"traceId\": \"00\"} | is not 32 hexadecimal digits",
        "{\"spanId\": \"zzzzzzzzzzzzzzzz\"} | is not 16 hexadecimal digits",
        "{\"body\": {\"bytesValue\": \"*\"}} | is not base64",
        "{\"body\": {\"boolValue\": \"true\"}} | is not true or false",
        "{\"body\": {\"doubleValue\": 1e999}} | is out of the range of a double",
        "{\"body\": {\"doubleValue\": \"0x1p3\"}} | is not a number",
        "{\"body\": {\"doubleValue\": NaN}} | is not JSON",
        "{\"body\": \"text\"} | is not an object",
        "{\"body\": {\"intValue\": 1, \"stringValue\": \"\"}} | is a second value of its oneof",
        "{\"attributes\": {}} | is not an array",
        "{\"attributes\": [null]} | is not an object",
        "{\"flags\": 1, \"flags\": 1} | is given twice",
        "{\"trace_id\": \"\", \"traceId\": \"\"} | is given twice",
        "{\"flags\": 1 | is not JSON",
      })
  void refusesWithPlaceAndReason(String record, String reason) {
    MalformedException refusal = assertThrows(MalformedException.class, () -> logRecord(record));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "1", "{} {}", "{},", "{", "{\"resourceLogs\": 1}"})
  void refusesWhatIsNoRequest(String json) {
    assertThrows(MalformedException.class, () -> transcode(Signal.LOGS, json));
  }

  @Test
  void namesThePathOfWhatIsWrong() {
    MalformedException refusal =
        assertThrows(MalformedException.class, () -> logRecord("{\"flags\": {}}"));
    assertTrue(
        refusal.getMessage().startsWith("/resourceLogs/0/scopeLogs/0/logRecords/0/flags at line 1"),
        refusal.getMessage());
  }

  @Test
  void refusesBytesThatLookLikeAnotherEncoding() {
    for (byte[] start : new byte[][] {{0, -112, 0, 0, 12}, {0, 0, -1, -2}, {0, '{', 0, 0}}) {
      assertThrows(MalformedException.class, () -> JsonToProto.request(Signal.LOGS, start));
    }
  }

  @Test
  void limitsNestingAsProtobufDoes() {
    byte[] bytes = transcode(Signal.LOGS, record("{\"body\": " + nested(48) + "}"));
    assertEquals(1, Validator.count(Signal.LOGS, bytes, 0, bytes.length));
    for (int arrays : new int[] {49, 100_000}) {
      String json = record("{\"body\": " + nested(arrays) + "}");
      assertThrows(MalformedException.class, () -> transcode(Signal.LOGS, json));
      String unknown = "{\"unknown\": " + "[".repeat(arrays * 100) + "}";
      assertThrows(MalformedException.class, () -> transcode(Signal.LOGS, unknown));
    }
  }

  private static String nested(int arrays) {
    return "{\"arrayValue\": {\"values\": [".repeat(arrays) + "{}" + "]}}".repeat(arrays);
  }

  private static String record(String record) {
    return "{\"resourceLogs\": [{\"scopeLogs\": [{\"logRecords\": [" + record + "]}]}]}";
  }

  private static LogRecord logRecord(String record) throws Exception {
    byte[] bytes = transcode(Signal.LOGS, record(record));
    return ExportLogsServiceRequest.parseFrom(bytes)
        .getResourceLogs(0)
        .getScopeLogs(0)
        .getLogRecords(0);
  }

  private static AnyValue value(io.opentelemetry.proto.common.v1.KeyValue attribute) {
    return attribute.getValue();
  }

  /** Found by the fuzzer: the parser takes a known name with this byte in it for the name. */
  @Test
  void refusesAByteThatIsInNoText() {
    byte[] known = "{\"resourceSpans\":[]}".getBytes(StandardCharsets.UTF_8);
    assertEquals(0, JsonToProto.anyRequest(Signal.TRACES, known, 1000).length);
    byte[] json = "{\"resourceSpan?s\":[]}".getBytes(StandardCharsets.UTF_8);
    json[new String(json, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;
    assertThrows(MalformedException.class, () -> JsonToProto.anyRequest(Signal.TRACES, json, 1000));
  }

  private static byte[] transcode(Signal signal, String json) {
    return JsonToProto.request(signal, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesWhatGrowsBeyondTheLimit() {
    String bounds = "1,".repeat(1000) + "1";
    byte[] json =
        ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":{\"dataPoints\":"
                + "[{\"explicitBounds\":["
                + bounds
                + "]}]}}]}]}]}")
            .getBytes(StandardCharsets.UTF_8);
    assertTrue(JsonToProto.request(Signal.METRICS, json, 10_000).length > 2 * json.length);
    MalformedException e =
        assertThrows(
            MalformedException.class,
            () -> JsonToProto.request(Signal.METRICS, json, 2 * json.length));
    assertTrue(e.getMessage().contains("bytes as protobuf"), e.getMessage());
  }
}
