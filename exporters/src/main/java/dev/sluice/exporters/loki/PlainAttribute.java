package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An attribute as every SDK writes it: a {@code KeyValue} message of a key and then a value, which
 * is a string, an integer, a boolean or a double. Hot path: one is reused for any number of
 * attributes. Not thread-safe.
 */
final class PlainAttribute {
  private static final int KEY_TAG = Otlp.KeyValue.KEY << 3 | WireReader.LEN;
  private static final int VALUE_TAG = Otlp.KeyValue.VALUE << 3 | WireReader.LEN;

  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] source = new byte[0];
  private int at;
  private int keyOffset;
  private int keyLength;
  private int kind;
  private int valueOffset;
  private int valueLength;

  /**
   * Reads the {@code KeyValue} message in {@code bytes[offset, offset + length)}; false when it is
   * written in another way or has another value.
   */
  boolean read(byte[] bytes, int offset, int length) {
    int end = offset + length;
    source = bytes;
    at = offset + 1;
    if (length == 0 || bytes[offset] != KEY_TAG) {
      return false;
    }
    keyLength = varint();
    keyOffset = at;
    at += keyLength + 1;
    if (at >= end || bytes[at - 1] != VALUE_TAG) {
      return false;
    }
    int size = varint();
    return size > 0 && at + size == end && readValue(end);
  }

  /** Reads an {@code AnyValue} message alone, as a record's body; false as {@link #read} does. */
  boolean readValue(byte[] bytes, int offset, int length) {
    source = bytes;
    at = offset;
    return length > 0 && readValue(offset + length);
  }

  private boolean readValue(int end) {
    int tag = source[at++];
    kind = tag >> 3;
    valueLength = tag == (Otlp.AnyValue.STRING_VALUE << 3 | WireReader.LEN) ? varint() : end - at;
    valueOffset = at;
    return switch (kind) {
      case Otlp.AnyValue.STRING_VALUE -> at + valueLength == end;
      case Otlp.AnyValue.BOOL_VALUE, Otlp.AnyValue.INT_VALUE ->
          valueLength > 0 && endOfVarint() == end;
      case Otlp.AnyValue.DOUBLE_VALUE -> valueLength == Double.BYTES;
      default -> false;
    };
  }

  int keyOffset() {
    return keyOffset;
  }

  int keyLength() {
    return keyLength;
  }

  /** The number of the field of {@code AnyValue} that is set. */
  int kind() {
    return kind;
  }

  /** Where the value's bytes are, without tag and length. */
  int valueOffset() {
    return valueOffset;
  }

  int valueLength() {
    return valueLength;
  }

  /** The value of an integer or a boolean. */
  long integer() {
    long value = 0;
    for (int i = valueLength - 1; i >= 0; i--) {
      value = value << 7 | (source[valueOffset + i] & 0x7f);
    }
    return value;
  }

  double float64() {
    return (double) DOUBLE.get(source, valueOffset);
  }

  private int endOfVarint() {
    int end = at;
    while (source[end] < 0) {
      end++;
    }
    return end + 1;
  }

  private int varint() {
    int next = source[at++];
    if (next >= 0) {
      return next;
    }
    int value = next & 0x7f;
    int shift = 7;
    while (source[at] < 0) {
      value |= (source[at++] & 0x7f) << shift;
      shift += 7;
    }
    return value | source[at++] << shift;
  }
}
