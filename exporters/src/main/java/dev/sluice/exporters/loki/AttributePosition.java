package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * Where a {@code KeyValue} message has its key and its value. Hot path: one is reused for any
 * number of attributes. Not thread-safe.
 */
final class AttributePosition {
  private final WireReader reader = new WireReader();
  private int keyOffset;
  private int keyLength;
  private int valueOffset;
  private int valueLength;

  /** Reads the {@code KeyValue} message in {@code source[offset, offset + length)}. */
  AttributePosition read(byte[] source, int offset, int length) {
    reader.reset(source, offset, length);
    keyOffset = offset;
    keyLength = 0;
    valueOffset = offset;
    valueLength = 0;
    while (reader.next()) {
      if (reader.field() == Otlp.KeyValue.KEY) {
        keyLength = reader.length();
        keyOffset = reader.position() - keyLength;
      } else if (reader.field() == Otlp.KeyValue.VALUE) {
        valueLength = reader.length();
        valueOffset = reader.position() - valueLength;
      } else {
        reader.skip();
      }
    }
    return this;
  }

  int keyOffset() {
    return keyOffset;
  }

  int keyLength() {
    return keyLength;
  }

  /** The offset of the {@code AnyValue} message. */
  int valueOffset() {
    return valueOffset;
  }

  int valueLength() {
    return valueLength;
  }

  /** Whether the value is a map, which becomes several labels or pairs. */
  boolean isMap(byte[] source) {
    reader.reset(source, valueOffset, valueLength);
    boolean map = false;
    while (reader.next()) {
      map = reader.field() == Otlp.AnyValue.KVLIST_VALUE;
      reader.skip();
    }
    return map;
  }

  boolean keyEquals(byte[] source, byte[] key) {
    return keyLength == key.length
        && Arrays.equals(source, keyOffset, keyOffset + keyLength, key, 0, key.length);
  }
}
