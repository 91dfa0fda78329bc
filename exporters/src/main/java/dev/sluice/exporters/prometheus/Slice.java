package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A range of bytes of the request that is being read, reused for one after the other. A field that
 * occurs twice is joined, which is how protobuf merges messages; only then are bytes copied.
 */
final class Slice {
  private static final byte[] EMPTY = new byte[0];

  private byte[] array = EMPTY;
  private int offset;
  private int length;

  void clear() {
    array = EMPTY;
    offset = 0;
    length = 0;
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

  /** Takes the current field's bytes and steps over them; joins them to what is there. */
  void join(WireReader reader) {
    int size = reader.length();
    append(reader.array(), reader.position() - size, size);
  }

  /** Takes the current field's bytes and steps over them, instead of what is there. */
  void replace(WireReader reader) {
    clear();
    join(reader);
  }

  /** Takes {@code source[from, from + size)}, after what is there. */
  @SuppressWarnings("ReferenceEquality") // whether it is a range of the same array
  void append(byte[] source, int from, int size) {
    if (length == 0) {
      array = source;
      offset = from;
      length = size;
    } else if (array == source && offset + length == from) {
      length += size;
    } else {
      byte[] joined = Arrays.copyOfRange(array, offset, offset + length + size);
      System.arraycopy(source, from, joined, length, size);
      array = joined;
      offset = 0;
      length += size;
    }
  }

  /** Points a reader at the bytes. */
  WireReader read(WireReader reader) {
    return reader.reset(array, offset, length);
  }

  byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
