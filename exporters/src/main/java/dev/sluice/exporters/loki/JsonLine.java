package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * The line of the old exporter's {@code json} format: body, ids, severity, flags, and what is no
 * label of attributes, resource and scope, in that order, without what is empty. Hot path; not
 * thread-safe.
 */
final class JsonLine {
  private static final byte[] BODY = ascii("\"body\":");
  private static final byte[] TRACE_ID = ascii("\"traceid\":");
  private static final byte[] SPAN_ID = ascii("\"spanid\":");
  private static final byte[] SEVERITY = ascii("\"severity\":");
  private static final byte[] FLAGS = ascii("\"flags\":");
  private static final byte[] ATTRIBUTES = ascii("\"attributes\":");
  private static final byte[] RESOURCES = ascii("\"resources\":");
  private static final byte[] SCOPE = ascii("\"instrumentation_scope\":");
  private static final byte[] NAME = ascii("\"name\":");
  private static final byte[] VERSION = ascii("\"version\":");

  private final WireWriter out;
  private final ValueText values;
  private final KeySort keys = new KeySort();
  private final WireReader reader = new WireReader();
  private final WireReader scratch = new WireReader();

  JsonLine(WireWriter out) {
    this.out = out;
    values = new ValueText(out, true);
  }

  void write(
      ResourcePlan plan,
      Placement placement,
      LogRecordPositions record,
      byte[] scopeSource,
      int scopeOffset,
      int scopeLength) {
    byte[] source = record.source();
    out.rawByte('{');
    if (record.hasBody()) {
      key(BODY);
      values.asJson(source, record.bodyOffset(), record.bodyLength());
    }
    writeHex(TRACE_ID, source, record.traceIdOffset(), record.traceIdLength());
    writeHex(SPAN_ID, source, record.spanIdOffset(), record.spanIdLength());
    writeText(SEVERITY, source, record.severityOffset(), record.severityLength());
    if (record.flags() != 0) {
      key(FLAGS);
      DecimalText.write(record.flags(), out);
    }
    writeAttributes(record, placement);
    writeResource(plan, placement);
    writeScope(scopeSource, scopeOffset, scopeLength);
    out.rawByte('}');
  }

  private void writeAttributes(LogRecordPositions record, Placement placement) {
    int mark = keys.mark();
    for (int i = 0; i < record.attributeCount(); i++) {
      keys.add(reader.reset(record.source(), record.attributeOffset(i), record.attributeLength(i)));
    }
    writeMap(ATTRIBUTES, record.source(), mark, placement, false);
    keys.release(mark);
  }

  private void writeResource(ResourcePlan plan, Placement placement) {
    int mark = keys.mark();
    keys.addAll(reader.reset(plan.raw(), 0, plan.raw().length), Otlp.Resource.ATTRIBUTES, scratch);
    writeMap(RESOURCES, plan.raw(), mark, placement, true);
    keys.release(mark);
  }

  private void writeMap(
      byte[] name, byte[] source, int mark, Placement placement, boolean resource) {
    keys.sort(source, mark);
    boolean empty = true;
    for (int i = 0; i < keys.count(mark); i++) {
      int offset = keys.keyOffset(mark, i);
      int length = keys.keyLength(mark, i);
      if (keys.isOverridden(source, mark, i)
          || placement.leavesOut(source, offset, length, resource)) {
        continue;
      }
      if (empty) {
        key(name);
      }
      out.rawByte(empty ? '{' : ',');
      empty = false;
      JsonText.quote(source, offset, length, true, out);
      out.rawByte(':');
      values.asJson(source, keys.valueOffset(mark, i), keys.valueLength(mark, i));
    }
    if (!empty) {
      out.rawByte('}');
    }
  }

  /** A scope without a name is left out, as the old exporter did. */
  private void writeScope(byte[] source, int offset, int length) {
    reader.reset(source, offset, length);
    int name = 0;
    int nameLength = 0;
    int version = 0;
    int versionLength = 0;
    while (reader.next()) {
      if (reader.field() == Otlp.InstrumentationScope.NAME) {
        nameLength = reader.length();
        name = reader.position() - nameLength;
      } else if (reader.field() == Otlp.InstrumentationScope.VERSION) {
        versionLength = reader.length();
        version = reader.position() - versionLength;
      } else {
        reader.skip();
      }
    }
    if (nameLength == 0) {
      return;
    }
    key(SCOPE);
    out.rawByte('{');
    writeText(NAME, source, name, nameLength);
    writeText(VERSION, source, version, versionLength);
    out.rawByte('}');
  }

  private void writeText(byte[] name, byte[] source, int offset, int length) {
    if (length > 0) {
      key(name);
      JsonText.quote(source, offset, length, true, out);
    }
  }

  private void writeHex(byte[] name, byte[] source, int offset, int length) {
    if (length == 0) {
      return;
    }
    key(name);
    out.rawByte('"');
    HexText.write(source, offset, length, out.reserve(2 * length), out.size());
    out.advance(2 * length);
    out.rawByte('"');
  }

  private void key(byte[] name) {
    if (out.array()[out.size() - 1] != '{') {
      out.rawByte(',');
    }
    out.raw(name, 0, name.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
