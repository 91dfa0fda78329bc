package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the fields of one protobuf message inside a byte array. Hot path: it allocates
 * nothing, and one reader is reused for any number of messages. Not thread-safe.
 *
 * <p>Bytes are trusted: they have passed {@link Validator}. On bytes that have not, a read throws
 * {@link IndexOutOfBoundsException} or {@link MalformedException} and never reads outside the
 * array.
 *
 * <pre>{@code
 * reader.reset(bytes, offset, length);
 * while (reader.next()) {
 *   switch (reader.field()) {
 *     case Otlp.Span.NAME -> name = reader.string();
 *     case Otlp.Span.EVENTS -> { reader.enter(event); ... }
 *     default -> reader.skip();
 *   }
 * }
 * }</pre>
 */
public final class WireReader {
  /** Wire types of the protobuf encoding. */
  public static final int VARINT = 0;

  public static final int FIXED64 = 1;
  public static final int LEN = 2;
  public static final int FIXED32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] EMPTY = new byte[0];

  private byte[] array = EMPTY;
  private int position;
  private int limit;
  private int tag;

  /** Points the reader at the message in {@code bytes[offset, offset + length)}. */
  public WireReader reset(byte[] bytes, int offset, int length) {
    array = bytes;
    position = offset;
    limit = offset + length;
    tag = 0;
    return this;
  }

  /** Moves to the next field; false at the end of the message. */
  public boolean next() {
    if (position >= limit) {
      return false;
    }
    byte first = array[position];
    if (first >= 0) {
      position++;
      tag = first;
    } else {
      tag = (int) varint();
    }
    return true;
  }

  /** The number of the current field. */
  public int field() {
    return tag >>> 3;
  }

  /** The wire type of the current field. */
  public int wireType() {
    return tag & 7;
  }

  /** The array that is read; offsets of {@link #position()} are into it. */
  public byte[] array() {
    return array;
  }

  /** The offset of the next unread byte. */
  public int position() {
    return position;
  }

  /** The offset after the last byte of the message. */
  public int limit() {
    return limit;
  }

  /** The current field's value as a varint of up to 64 bits; also packed elements. */
  public long varint() {
    byte first = array[position];
    if (first >= 0) {
      position++;
      return first;
    }
    return longVarint();
  }

  private long longVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = array[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException("varint longer than 10 bytes");
  }

  /** The current field's value as a zigzag-encoded {@code sint32} or {@code sint64}. */
  public long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The current field's value as {@code fixed64} or {@code sfixed64}. */
  public long fixed64() {
    long value = (long) LONG.get(array, position);
    position += 8;
    return value;
  }

  /** The current field's value as {@code double}. */
  public double float64() {
    return Double.longBitsToDouble(fixed64());
  }

  /** The current field's value as {@code fixed32}. */
  public int fixed32() {
    int value = (int) INT.get(array, position);
    position += 4;
    return value;
  }

  /**
   * Reads the length of the current field and steps over its bytes, which are then {@code
   * array()[position() - length, position())}.
   */
  public int length() {
    int length = (int) varint();
    if (length < 0 || length > limit - position) {
      throw new MalformedException("length past the end of the message");
    }
    position += length;
    return length;
  }

  /** Points {@code child} at the current field's message and steps over it. */
  public WireReader enter(WireReader child) {
    int length = length();
    return child.reset(array, position - length, length);
  }

  /** The current field's value as a string; allocates, so not for the hot path. */
  public String string() {
    int length = length();
    return new String(array, position - length, length, StandardCharsets.UTF_8);
  }

  /** The current field's bytes, copied; allocates, so not for the hot path. */
  public byte[] bytes() {
    int length = length();
    byte[] copy = new byte[length];
    System.arraycopy(array, position - length, copy, 0, length);
    return copy;
  }

  /** Steps over the current field's value, whatever its wire type. */
  public void skip() {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> position += 8;
      case LEN -> length();
      case FIXED32 -> position += 4;
      default -> throw new MalformedException("wire type " + (tag & 7) + " is not supported");
    }
  }
}
