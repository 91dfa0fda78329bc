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
  private static final String HEX = "0123456789abcdef";

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
      key("body");
      values.asJson(source, record.bodyOffset(), record.bodyLength());
    }
    writeHex("traceid", source, record.traceIdOffset(), record.traceIdLength());
    writeHex("spanid", source, record.spanIdOffset(), record.spanIdLength());
    writeText("severity", source, record.severityOffset(), record.severityLength());
    if (record.flags() != 0) {
      key("flags");
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
    writeMap("attributes", record.source(), mark, placement, false);
    keys.release(mark);
  }

  private void writeResource(ResourcePlan plan, Placement placement) {
    int mark = keys.mark();
    keys.addAll(reader.reset(plan.raw(), 0, plan.raw().length), Otlp.Resource.ATTRIBUTES, scratch);
    writeMap("resources", plan.raw(), mark, placement, true);
    keys.release(mark);
  }

  private void writeMap(
      String name, byte[] source, int mark, Placement placement, boolean resource) {
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
    key("instrumentation_scope");
    out.rawByte('{');
    writeText("name", source, name, nameLength);
    writeText("version", source, version, versionLength);
    out.rawByte('}');
  }

  private void writeText(String name, byte[] source, int offset, int length) {
    if (length > 0) {
      key(name);
      JsonText.quote(source, offset, length, true, out);
    }
  }

  private void writeHex(String name, byte[] source, int offset, int length) {
    if (length == 0) {
      return;
    }
    key(name);
    out.rawByte('"');
    for (int i = offset; i < offset + length; i++) {
      out.rawByte(HEX.charAt(source[i] >> 4 & 0xf));
      out.rawByte(HEX.charAt(source[i] & 0xf));
    }
    out.rawByte('"');
  }

  private void key(String name) {
    if (out.array()[out.size() - 1] != '{') {
      out.rawByte(',');
    }
    out.rawByte('"');
    byte[] utf8 = name.getBytes(StandardCharsets.US_ASCII);
    out.raw(utf8, 0, utf8.length);
    out.rawByte('"');
    out.rawByte(':');
  }
}
