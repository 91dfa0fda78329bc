package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the validator takes and refuses, each case held against protobuf-java. "Reliability test
 * 34", with {@link ValidatorPropertyTest} and the fuzz target.
 */
class ValidatorTest {
  @ParameterizedTest
  @EnumSource
  void countsTheItemsOfASample(Signal signal) {
    byte[] bytes = OtlpSamples.of(signal, 13).bytes();
    assertEquals(13, Validator.count(signal, bytes, 0, bytes.length));
  }

  @Test
  void countsNoneInAnEmptyRequest() {
    assertEquals(0, Validator.count(Signal.TRACES, new byte[0], 0, 0));
  }

  @Test
  void readsNothingOutsideItsRange() {
    byte[] inner = OtlpSamples.traces(2).bytes();
    byte[] outer = new byte[inner.length + 20];
    Arrays.fill(outer, (byte) 0xff);
    System.arraycopy(inner, 0, outer, 10, inner.length);
    assertEquals(2, Validator.count(Signal.TRACES, outer, 10, inner.length));
    assertThrows(
        MalformedException.class,
        () -> Validator.count(Signal.TRACES, outer, 10, inner.length + 1));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Validator.count(Signal.TRACES, outer, 11, outer.length));
  }

  @Test
  void refusesTagsAbove32BitsThatProtobufTruncates() {
    // 1 << 32 | 10: for protobuf-java the tag of resource_spans.
    refusesWhatProtobufAccepts("has a tag above 2^32 - 1", 0x8a, 0x80, 0x80, 0x80, 0x10, 0);
  }

  @Test
  void refusesLengthsAbove31BitsThatProtobufTruncates() {
    refusesWhatProtobufAccepts("has a length above 2^31 - 1", 0x0a, 0x80, 0x80, 0x80, 0x80, 0x10);
  }

  @Test
  void refusesVarintsThatGoOnAfterTenBytesWhereProtobufEndsThem() {
    refusesWhatProtobufAccepts(
        "is a varint of more than 10 bytes",
        0xa0,
        1,
        128,
        128,
        128,
        128,
        128,
        128,
        128,
        128,
        128,
        129);
  }

  @Test
  void refusesKnownFieldsOfAnotherWireTypeThatProtobufKeepsAsUnknown() {
    refusesWhatProtobufAccepts("has the wire type 0, which is not its own", 0x08, 1);
    refusesWhatProtobufAccepts("ResourceSpans.schema_url at byte 3 has the wire", 0x0a, 2, 0x18, 1);
  }

  @Test
  void refusesGroupsThatProtobufSkips() {
    refusesWhatProtobufAccepts("is a group", 0xa3, 0x06, 0xa4, 0x06);
  }

  @Test
  void refusesIdsOfOtherLengths() {
    byte[] seven = span(w -> w.bytes(Otlp.Span.SPAN_ID, new byte[7], 0, 7));
    refusesWhatProtobufAccepts(Signal.TRACES, "Span.span_id at byte 8 is 7 bytes", seven);
    byte[] parent = span(w -> w.bytes(Otlp.Span.PARENT_SPAN_ID, new byte[16], 0, 16));
    refusesWhatProtobufAccepts(Signal.TRACES, "is 16 bytes long, not 8", parent);
    byte[] trace = span(w -> w.bytes(Otlp.Span.TRACE_ID, new byte[8], 0, 8));
    refusesWhatProtobufAccepts(Signal.TRACES, "is 8 bytes long, not 16", trace);
    byte[] link =
        span(w -> {
          int mark = w.begin(Otlp.Span.LINKS);
          w.bytes(Otlp.Span.Link.TRACE_ID, new byte[17], 0, 17);
          w.end(mark);
        });
    refusesWhatProtobufAccepts(Signal.TRACES, "Span.Link.trace_id", link);
    assertEquals(1, count(Signal.TRACES, span(w -> w.bytes(Otlp.Span.TRACE_ID, seven, 0, 0))));
  }

  @Test
  void refusesMetricsWithTwoKindsOfData() {
    WireWriter out = new WireWriter(64);
    int resource = out.begin(Otlp.ExportRequest.RESOURCE);
    int scope = out.begin(Otlp.ResourceMetrics.SCOPE_METRICS);
    int metric = out.begin(Otlp.ScopeMetrics.METRICS);
    out.end(out.begin(Otlp.Metric.GAUGE));
    out.end(out.begin(Otlp.Metric.SUM));
    out.end(metric);
    out.end(scope);
    out.end(resource);
    refusesWhatProtobufAccepts(
        Signal.METRICS, "Metric.sum at byte 10 comes after other data", out.toByteArray());
  }

  @Test
  void refusesWhatProtobufRefusesToo() {
    bothRefuse("ends inside a tag", 0x8a);
    bothRefuse("ends before a length", 0x0a);
    bothRefuse("ends inside a length", 0x0a, 0x80);
    bothRefuse("length past the end", 0x0a, 1);
    bothRefuse("negative length", 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f);
    bothRefuse("length of 11 bytes", 0x0a, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0);
    bothRefuse("length of 2^31 - 1", 0x0a, 0xff, 0xff, 0xff, 0xff, 0x07);
    bothRefuse("length of 2^63 - 1", 0x0a, 255, 255, 255, 255, 255, 255, 255, 255, 127);
    bothRefuse("tag of 11 bytes", 0x8a, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0, 0);
    bothRefuse("varint of 11 bytes", 0xa0, 1, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0);
    bothRefuse("field number 0", 0x02, 0);
    bothRefuse("field number 0 in two bytes", 0x82, 0, 0);
    bothRefuse("wire type 6", 0xa6, 0x06);
    bothRefuse("end of a group that did not start", 0xa4, 0x06);
    bothRefuse("short fixed64", 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7);
    bothRefuse("short fixed32", 0xa5, 0x06, 1, 2, 3);
    bothRefuse("schema_url that is not UTF-8", 0x0a, 3, 0x1a, 1, 0x80);
  }

  @Test
  void refusesALengthOfTwoToThe63ThatProtobufTruncatesToNothing() {
    refusesWhatProtobufAccepts(
        "has a length above 2^31 - 1", 0x0a, 128, 128, 128, 128, 128, 128, 128, 128, 128, 1);
  }

  @Test
  void acceptsTagsAndLengthsInMoreBytesThanNeeded() throws Exception {
    byte[] bytes = bytes(0x8a, 0x80, 0x00, 0x82, 0x80, 0x80, 0x80, 0x80, 0x00, 0x12, 0x00);
    OtlpOracle.parse(Signal.LOGS, bytes);
    assertEquals(0, count(Signal.LOGS, bytes));
  }

  @Test
  void limitsNestingExactlyAsProtobufDoes() {
    // LogRecord is 3 below the request, its body 4; each array adds ArrayValue and AnyValue.
    assertEquals(1, count(Signal.LOGS, nestedBody(48)));
    assertDoesNotThrow(() -> OtlpOracle.parse(Signal.LOGS, nestedBody(48)));
    assertThrows(Exception.class, () -> OtlpOracle.parse(Signal.LOGS, nestedBody(49)));
    for (int arrays : new int[] {49, 10_000}) {
      MalformedException refusal =
          assertThrows(MalformedException.class, () -> count(Signal.LOGS, nestedBody(arrays)));
      assertTrue(refusal.getMessage().contains("nested deeper than 100"), refusal.getMessage());
    }
  }

  @Test
  void limitsNestingOfAttributesToo() {
    byte[] deepest = nestedAttribute(46);
    assertEquals(1, count(Signal.LOGS, deepest));
    assertDoesNotThrow(() -> OtlpOracle.parse(Signal.LOGS, deepest));
    byte[] tooDeep = nestedAttribute(47);
    assertThrows(Exception.class, () -> OtlpOracle.parse(Signal.LOGS, tooDeep));
    assertThrows(MalformedException.class, () -> count(Signal.LOGS, tooDeep));
  }

  @Test
  void agreesWithTheJdkOnUtf8() {
    byte[] padding = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    for (int first = 0x80; first < 0x100; first++) {
      for (int second = 0; second < 0x100; second++) {
        for (int third : new int[] {-1, 0x00, 0x7f, 0x80, 0xbf, 0xc0}) {
          for (int fourth : new int[] {-1, 0x41, 0x80, 0xbf}) {
            assertUtf8(padding, first, second, third, fourth);
          }
        }
      }
    }
  }

  private static void assertUtf8(byte[] padding, int... sequence) {
    byte[] bytes = bytes(Arrays.stream(sequence).takeWhile(b -> b >= 0).toArray());
    boolean expected =
        Arrays.equals(
            new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    assertEquals(expected, Utf8.isValid(bytes, 0, bytes.length), () -> Arrays.toString(bytes));
    byte[] padded = Arrays.copyOf(padding, padding.length + bytes.length);
    System.arraycopy(bytes, 0, padded, padding.length, bytes.length);
    assertEquals(expected, Utf8.isValid(padded, 0, padded.length));
    assertEquals(expected, Utf8.isValid(padded, 13, padded.length));
  }

  private static void bothRefuse(String what, int... request) {
    byte[] bytes = bytes(request);
    assertThrows(Exception.class, () -> OtlpOracle.parse(Signal.TRACES, bytes), what);
    assertThrows(MalformedException.class, () -> count(Signal.TRACES, bytes), what);
  }

  private static void refusesWhatProtobufAccepts(String reason, int... request) {
    refusesWhatProtobufAccepts(Signal.TRACES, reason, bytes(request));
  }

  private static void refusesWhatProtobufAccepts(Signal signal, String reason, byte[] bytes) {
    assertDoesNotThrow(() -> OtlpOracle.parse(signal, bytes));
    MalformedException refusal = assertThrows(MalformedException.class, () -> count(signal, bytes));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  private static int count(Signal signal, byte[] bytes) {
    return Validator.count(signal, bytes, 0, bytes.length);
  }

  private static byte[] span(java.util.function.Consumer<WireWriter> fields) {
    WireWriter out = new WireWriter(64);
    int resource = out.begin(Otlp.ExportRequest.RESOURCE);
    int scope = out.begin(Otlp.ResourceSpans.SCOPE_SPANS);
    int span = out.begin(Otlp.ScopeSpans.SPANS);
    fields.accept(out);
    out.end(span);
    out.end(scope);
    out.end(resource);
    return out.toByteArray();
  }

  /** A log record whose body is so many arrays in each other. */
  private static byte[] nestedBody(int arrays) {
    return nestedBody(arrays, new byte[0]);
  }

  /** A log record whose body is so many arrays in each other, and in the last a text attribute. */
  private static byte[] nestedAttribute(int arrays) {
    byte[] attribute = OtlpSamples.attribute("key", "value").toByteArray();
    WireWriter out = new WireWriter(64);
    byte[] list = wrapped(out, attribute, Otlp.KeyValueList.VALUES);
    return nestedBody(arrays, wrapped(out, list, Otlp.AnyValue.KVLIST_VALUE));
  }

  private static byte[] nestedBody(int arrays, byte[] innermost) {
    byte[] value = innermost;
    WireWriter out = new WireWriter(64);
    for (int i = 0; i < arrays; i++) {
      value = wrapped(out, wrapped(out, value, Otlp.ArrayValue.VALUES), Otlp.AnyValue.ARRAY_VALUE);
    }
    byte[] record = wrapped(out, value, Otlp.LogRecord.BODY);
    byte[] scope = wrapped(out, record, Otlp.ScopeLogs.LOG_RECORDS);
    byte[] resource = wrapped(out, scope, Otlp.ResourceLogs.SCOPE_LOGS);
    return wrapped(out, resource, Otlp.ExportRequest.RESOURCE);
  }

  private static byte[] wrapped(WireWriter out, byte[] message, int field) {
    out.reset().bytes(field, message, 0, message.length);
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
