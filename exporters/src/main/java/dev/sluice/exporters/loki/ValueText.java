package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An {@code AnyValue} as text: as the Collector's {@code AsString}, where a string is itself and
 * maps and arrays are JSON, and as JSON. Hot path for strings and integers. Not thread-safe.
 *
 * <p>As in Go, a map's keys are sorted by their bytes and the last of equal keys wins; bytes are
 * base64. NaN and the infinities, which JSON does not have, are strings.
 */
final class ValueText {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final WireWriter out;
  private final boolean escapeHtml;
  private final List<WireReader> readers = new ArrayList<>();
  private final KeySort keys = new KeySort();

  /** Writes to {@code out}; {@code escapeHtml} is for the JSON. */
  ValueText(WireWriter out, boolean escapeHtml) {
    this.out = out;
    this.escapeHtml = escapeHtml;
  }

  /** Writes the {@code AnyValue} message in {@code bytes[offset, offset + length)} as text. */
  void asString(byte[] bytes, int offset, int length) {
    WireReader reader = reader(0).reset(bytes, offset, length);
    int start = out.size();
    while (reader.next()) {
      out.truncate(start);
      switch (reader.field()) {
        case Otlp.AnyValue.STRING_VALUE -> {
          int size = reader.length();
          out.raw(bytes, reader.position() - size, size);
        }
        case Otlp.AnyValue.DOUBLE_VALUE -> writeAscii(DecimalText.of(reader.float64()));
        case Otlp.AnyValue.BYTES_VALUE -> writeBase64(reader);
        default -> writeJson(reader, 0);
      }
    }
  }

  /** Writes the {@code AnyValue} message in {@code bytes[offset, offset + length)} as JSON. */
  void asJson(byte[] bytes, int offset, int length) {
    json(bytes, offset, length, 0);
  }

  private void json(byte[] bytes, int offset, int length, int depth) {
    WireReader reader = reader(depth).reset(bytes, offset, length);
    int start = out.size();
    out.raw(NULL, 0, NULL.length);
    while (reader.next()) {
      out.truncate(start);
      writeJson(reader, depth);
    }
  }

  private void writeJson(WireReader reader, int depth) {
    switch (reader.field()) {
      case Otlp.AnyValue.STRING_VALUE -> {
        int size = reader.length();
        JsonText.quote(reader.array(), reader.position() - size, size, escapeHtml, out);
      }
      case Otlp.AnyValue.BOOL_VALUE -> {
        byte[] text = reader.varint() != 0 ? TRUE : FALSE;
        out.raw(text, 0, text.length);
      }
      case Otlp.AnyValue.INT_VALUE -> DecimalText.write(reader.varint(), out);
      case Otlp.AnyValue.DOUBLE_VALUE -> writeJsonDouble(reader.float64());
      case Otlp.AnyValue.ARRAY_VALUE -> writeArray(reader, depth);
      case Otlp.AnyValue.KVLIST_VALUE -> writeObject(reader, depth);
      case Otlp.AnyValue.BYTES_VALUE -> {
        out.rawByte('"');
        writeBase64(reader);
        out.rawByte('"');
      }
      default -> reader.skip();
    }
  }

  private void writeJsonDouble(double value) {
    boolean number = Double.isFinite(value);
    if (!number) {
      out.rawByte('"');
    }
    writeAscii(DecimalText.of(value));
    if (!number) {
      out.rawByte('"');
    }
  }

  private void writeArray(WireReader parent, int depth) {
    WireReader reader = parent.enter(reader(depth + 1));
    out.rawByte('[');
    boolean first = true;
    while (reader.next()) {
      if (reader.field() != Otlp.ArrayValue.VALUES) {
        reader.skip();
        continue;
      }
      if (!first) {
        out.rawByte(',');
      }
      first = false;
      int size = reader.length();
      json(reader.array(), reader.position() - size, size, depth + 2);
    }
    out.rawByte(']');
  }

  private void writeObject(WireReader parent, int depth) {
    int size = parent.length();
    byte[] bytes = parent.array();
    int mark = keys.mark();
    keys.addAll(
        reader(depth + 1).reset(bytes, parent.position() - size, size),
        Otlp.KeyValueList.VALUES,
        reader(depth + 2));
    keys.sort(bytes, mark);
    writeSorted(bytes, mark, depth);
    keys.release(mark);
  }

  private void writeSorted(byte[] bytes, int mark, int depth) {
    out.rawByte('{');
    boolean first = true;
    for (int i = 0; i < keys.count(mark); i++) {
      if (keys.isOverridden(bytes, mark, i)) {
        continue;
      }
      if (!first) {
        out.rawByte(',');
      }
      first = false;
      JsonText.quote(bytes, keys.keyOffset(mark, i), keys.keyLength(mark, i), escapeHtml, out);
      out.rawByte(':');
      json(bytes, keys.valueOffset(mark, i), keys.valueLength(mark, i), depth + 1);
    }
    out.rawByte('}');
  }

  private void writeBase64(WireReader reader) {
    byte[] encoded = Base64.getEncoder().encode(reader.bytes());
    out.raw(encoded, 0, encoded.length);
  }

  private void writeAscii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.raw(bytes, 0, bytes.length);
  }

  /** One reader for each level of nesting, which validation has bounded. */
  private WireReader reader(int depth) {
    while (readers.size() <= depth) {
      readers.add(new WireReader());
    }
    return readers.get(depth);
  }
}
