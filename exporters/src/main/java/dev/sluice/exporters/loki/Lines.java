package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the line of a record: a range of bytes, the record's own where its body is a string. Hot
 * path, except for {@code logfmt}. Not thread-safe.
 */
final class Lines {
  private final LineFormat preset;
  private final WireWriter out = new WireWriter(1024);
  private final ValueText values = new ValueText(out, false);
  private final JsonLine json = new JsonLine(out);
  private final WireReader reader = new WireReader();
  private final AttributePosition at = new AttributePosition();
  private byte[] scopeSource = new byte[0];
  private int scopeOffset;
  private int scopeLength;
  private byte[] array = scopeSource;
  private int offset;
  private int length;

  /** Makes lines of a format, unless a hint asks for another. */
  Lines(LineFormat preset) {
    this.preset = preset;
  }

  /** Sets the {@code InstrumentationScope} message of the records that follow. */
  void scope(byte[] source, int from, int size) {
    scopeSource = source;
    scopeOffset = from;
    scopeLength = size;
  }

  /** Makes the line of a record; true when it holds the attributes of record and resource. */
  boolean write(ResourcePlan plan, Placement placement, LogRecordPositions record) {
    return switch (format(plan, record)) {
      case RAW -> {
        writeBody(record);
        yield false;
      }
      case JSON -> {
        out.reset();
        json.write(plan, placement, record, scopeSource, scopeOffset, scopeLength);
        take();
        yield true;
      }
      case LOGFMT -> {
        byte[] scope = Arrays.copyOfRange(scopeSource, scopeOffset, scopeOffset + scopeLength);
        byte[] line = LogfmtLine.of(plan, placement, record, scope);
        out.reset().raw(line, 0, line.length);
        take();
        yield true;
      }
    };
  }

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Cuts the line to at most so many bytes, between two characters. */
  void cut(int lengthMax) {
    length = Utf8.cut(array, offset, lengthMax);
  }

  private LineFormat format(ResourcePlan plan, LogRecordPositions record) {
    if (plan.format() != null) {
      return plan.format();
    }
    byte[] source = record.source();
    for (int i = 0; record.mayHaveHints() && i < record.attributeCount(); i++) {
      at.read(source, record.attributeOffset(i), record.attributeLength(i));
      if (Hints.isFormat(source, at)) {
        @Nullable LineFormat asked =
            Hints.format(
                Attribute.of(source, record.attributeOffset(i), record.attributeLength(i)));
        return asked == null ? preset : asked;
      }
    }
    return preset;
  }

  private void writeBody(LogRecordPositions record) {
    reader.reset(record.source(), record.bodyOffset(), record.bodyLength());
    boolean string = false;
    while (reader.next()) {
      string = reader.field() == Otlp.AnyValue.STRING_VALUE;
      if (string) {
        length = reader.length();
        offset = reader.position() - length;
        array = record.source();
      } else {
        reader.skip();
      }
    }
    if (!string) {
      out.reset();
      values.asString(record.source(), record.bodyOffset(), record.bodyLength());
      take();
    }
  }

  private void take() {
    array = out.array();
    offset = 0;
    length = out.size();
  }
}
