package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf fields into a byte array that grows. Hot path: a writer is reused, and then
 * allocates only to grow. Not thread-safe.
 *
 * <pre>{@code
 * int mark = writer.begin(Otlp.ResourceSpans.RESOURCE);
 * writer.string(Otlp.KeyValue.KEY, "service.name");
 * writer.end(mark);
 * }</pre>
 */
public final class WireWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int REPLACEMENT = 0xfffd;

  private final int bytesMax;
  private byte[] array;
  private int position;

  public WireWriter(int initialBytes) {
    this(initialBytes, Integer.MAX_VALUE - 8);
  }

  /**
   * A writer that throws {@link MalformedException} when it would have to hold more than {@code
   * bytesMax}.
   */
  public WireWriter(int initialBytes, int bytesMax) {
    this.bytesMax = bytesMax;
    array = new byte[Math.max(16, initialBytes)];
  }

  /** Forgets what was written and keeps the array. */
  public WireWriter reset() {
    position = 0;
    return this;
  }

  /** Drops everything written after {@code position}. */
  public void truncate(int position) {
    this.position = position;
  }

  /** The array that holds {@link #size()} written bytes; replaced when it grows. */
  public byte[] array() {
    return array;
  }

  /** How many bytes were written. */
  public int size() {
    return position;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, position);
  }

  /**
   * Writes a {@code uint32}, {@code uint64}, {@code int32}, {@code int64}, {@code bool} or enum
   * field.
   */
  public void varint(int field, long value) {
    tag(field, WireReader.VARINT);
    rawVarint(value);
  }

  /** Writes a {@code sint32} or {@code sint64} field. */
  public void zigzag(int field, long value) {
    varint(field, (value << 1) ^ (value >> 63));
  }

  public void fixed64(int field, long value) {
    tag(field, WireReader.FIXED64);
    rawFixed64(value);
  }

  public void float64(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  public void fixed32(int field, int value) {
    tag(field, WireReader.FIXED32);
    ensure(4);
    INT.set(array, position, value);
    position += 4;
  }

  /**
   * Writes a string field from UTF-16, without allocating; a surrogate without its other half
   * becomes U+FFFD, as Go's decoders do.
   */
  public void string(int field, char[] source, int offset, int length) {
    int mark = begin(field);
    int end = offset + length;
    ensure(length);
    int i = offset;
    while (i < end) {
      char unit = source[i++];
      if (unit < 0x80) {
        array[position++] = (byte) unit;
      } else if (i < end && Character.isSurrogatePair(unit, source[i])) {
        codePoint(Character.toCodePoint(unit, source[i++]), end - i);
      } else {
        codePoint(Character.isSurrogate(unit) ? REPLACEMENT : unit, end - i);
      }
    }
    end(mark);
  }

  /** Writes a string field, encoding it as UTF-8; allocates. */
  public void string(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    bytes(field, utf8, 0, utf8.length);
  }

  public void bytes(int field, byte[] source, int offset, int length) {
    tag(field, WireReader.LEN);
    rawVarint(length);
    raw(source, offset, length);
  }

  /** Starts a nested message; everything written until {@link #end} is inside it. */
  public int begin(int field) {
    tag(field, WireReader.LEN);
    ensure(1);
    return ++position;
  }

  /** Ends the nested message that {@code mark} began, and writes its length. */
  public void end(int mark) {
    int length = position - mark;
    if (length < 0x80) {
      array[mark - 1] = (byte) length;
      return;
    }
    int extra = varintSize(length) - 1;
    ensure(extra);
    System.arraycopy(array, mark, array, mark + extra, length);
    position = mark - 1;
    rawVarint(length);
    position += length;
  }

  public void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  public void rawVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[position++] = (byte) rest;
  }

  public void rawFixed64(long value) {
    ensure(8);
    LONG.set(array, position, value);
    position += 8;
  }

  /** Copies bytes as they are. */
  public void raw(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, array, position, length);
    position += length;
  }

  public void rawByte(int value) {
    ensure(1);
    array[position++] = (byte) value;
  }

  /**
   * Makes room for {@code more} bytes and gives the array, to be written from {@link #size()} on;
   * {@link #advance} then takes what was written.
   */
  public byte[] reserve(int more) {
    ensure(more);
    return array;
  }

  /** Takes bytes that were written into {@link #reserve}d room. */
  public void advance(int bytes) {
    position += bytes;
  }

  /** How many bytes {@code value} takes as a varint. */
  public static int varintSize(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  /**
   * Writes a code point of two to four bytes; room for {@code rest} more bytes is left after it.
   */
  private void codePoint(int codePoint, int rest) {
    ensure(4 + rest);
    if (codePoint < 0x800) {
      array[position++] = (byte) (0xc0 | codePoint >>> 6);
    } else if (codePoint < 0x1_0000) {
      array[position++] = (byte) (0xe0 | codePoint >>> 12);
      array[position++] = tail(codePoint >>> 6);
    } else {
      array[position++] = (byte) (0xf0 | codePoint >>> 18);
      array[position++] = tail(codePoint >>> 12);
      array[position++] = tail(codePoint >>> 6);
    }
    array[position++] = tail(codePoint);
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private void ensure(int more) {
    if (array.length - position < more) {
      grow(more);
    }
  }

  private void grow(int more) {
    int needed = Math.addExact(position, more);
    if (needed > bytesMax) {
      throw new MalformedException("is larger than " + bytesMax + " bytes as protobuf");
    }
    int doubled = (int) Math.min(Integer.MAX_VALUE - 8, (long) array.length * 2);
    array = Arrays.copyOf(array, Math.max(needed, doubled));
  }
}
