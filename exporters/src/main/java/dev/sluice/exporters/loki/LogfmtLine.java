package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The line of the old exporter's {@code logfmt} format: the body's own pairs when it is a logfmt
 * line, otherwise {@code msg}; then ids, severity, flags, {@code attribute_…}, {@code resource_…}
 * and the scope. Cold path: it allocates.
 *
 * <p>Unlike the old exporter, which read a body's first line only and lost the rest, a body of
 * several lines is a {@code msg}; and of pairs with one key the last value stays.
 */
final class LogfmtLine {
  private final Map<String, String> pairs = new LinkedHashMap<>();

  private LogfmtLine() {}

  static byte[] of(
      ResourcePlan plan, Placement placement, LogRecordPositions record, byte[] scope) {
    LogfmtLine line = new LogfmtLine();
    line.addBody(record);
    line.addFields(record);
    for (int i = 0; i < record.attributeCount(); i++) {
      line.addUnlessLeftOut(
          "attribute_",
          Attribute.of(record.source(), record.attributeOffset(i), record.attributeLength(i)),
          placement,
          false);
    }
    for (Attribute attribute : plan.attributes()) {
      line.addUnlessLeftOut("resource_", attribute, placement, true);
    }
    line.addScope(scope);
    return Logfmt.print(line.pairs).getBytes(StandardCharsets.UTF_8);
  }

  private void addBody(LogRecordPositions record) {
    if (!record.hasBody()) {
      return;
    }
    int end = record.bodyOffset() + record.bodyLength();
    byte[] value = Arrays.copyOfRange(record.source(), record.bodyOffset(), end);
    Attribute body = new Attribute("", value);
    switch (kind(value)) {
      case Otlp.AnyValue.STRING_VALUE -> addText(body.text());
      case Otlp.AnyValue.KVLIST_VALUE -> add("", body);
      case Otlp.AnyValue.ARRAY_VALUE -> add("body", body);
      default -> add("msg", body);
    }
  }

  private void addText(String text) {
    Map<String, String> parsed = Logfmt.parse(text);
    if (parsed == null) {
      pairs.put("msg", text);
    } else {
      pairs.putAll(parsed);
    }
  }

  private void addFields(LogRecordPositions record) {
    byte[] source = record.source();
    HexFormat hex = HexFormat.of();
    int traceId = record.traceIdOffset();
    int spanId = record.spanIdOffset();
    if (record.traceIdLength() > 0) {
      pairs.put("traceID", hex.formatHex(source, traceId, traceId + record.traceIdLength()));
    }
    if (record.spanIdLength() > 0) {
      pairs.put("spanID", hex.formatHex(source, spanId, spanId + record.spanIdLength()));
    }
    if (record.severityLength() > 0) {
      int offset = record.severityOffset();
      int length = record.severityLength();
      pairs.put("severity", new String(source, offset, length, StandardCharsets.UTF_8));
    }
    if (record.flags() != 0) {
      pairs.put("flags", Long.toString(record.flags()));
    }
  }

  private void addUnlessLeftOut(
      String prefix, Attribute attribute, Placement placement, boolean ofResource) {
    byte[] key = attribute.key().getBytes(StandardCharsets.UTF_8);
    if (!placement.leavesOut(key, 0, key.length, ofResource)) {
      add(prefix + attribute.key(), attribute);
    }
  }

  private void add(String key, Attribute attribute) {
    String prefix = key.isEmpty() ? "" : key + "_";
    switch (kind(attribute.value())) {
      case 0 -> {}
      case Otlp.AnyValue.KVLIST_VALUE -> {
        for (Attribute child : attribute.children()) {
          add(prefix + child.key(), child);
        }
      }
      case Otlp.AnyValue.ARRAY_VALUE -> {
        List<byte[]> elements = attribute.elements();
        for (int i = 0; i < elements.size(); i++) {
          add(prefix + i, new Attribute("", elements.get(i)));
        }
      }
      case Otlp.AnyValue.BYTES_VALUE -> pairs.put(key, attribute.rawText());
      default -> pairs.put(key, attribute.text());
    }
  }

  private void addScope(byte[] scope) {
    String name = "";
    String version = "";
    WireReader reader = new WireReader().reset(scope, 0, scope.length);
    while (reader.next()) {
      switch (reader.field()) {
        case Otlp.InstrumentationScope.NAME -> name = reader.string();
        case Otlp.InstrumentationScope.VERSION -> version = reader.string();
        default -> reader.skip();
      }
    }
    if (!name.isEmpty()) {
      pairs.put("instrumentation_scope_name", name);
    }
    if (!name.isEmpty() && !version.isEmpty()) {
      pairs.put("instrumentation_scope_version", version);
    }
  }

  /** The field of an {@code AnyValue} message that is set; 0 when none is. */
  private static int kind(byte[] value) {
    WireReader reader = new WireReader().reset(value, 0, value.length);
    int kind = 0;
    while (reader.next()) {
      kind = reader.field();
      reader.skip();
    }
    return kind;
  }
}
