package dev.sluice.exporters.http;

import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf fields straight into the Snappy block format. Who writes knows what stood in the
 * message before, and says so with {@link #copy}; what is repeated is then neither written nor
 * searched for again, so that a message costs what its compressed form costs. Hot path, measured by
 * {@code RemoteWriteBenchmark}: reused for message after message, allocates only to grow. Not
 * thread-safe.
 *
 * <p>Positions count the bytes of messages before compression, go on from message to message and
 * never come again, so that a position that is kept from an older message is out of reach by
 * itself. The format is that of google/snappy, format_description.txt: literals, and copies of up
 * to 64 bytes with offsets of two bytes.
 */
public final class SnappyWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** How far back a copy may begin. */
  public static final int OFFSET_MAX = 0xffff;

  private static final int COPY_MAX = 64;
  private static final int COPY_BYTES = 3;
  private static final int COPY_TAG = 2;

  /** Up to this size a literal's length stands in its tag. */
  private static final int SHORT_MAX = 60;

  /** The size of the message comes first, as a varint of up to this many bytes. */
  private static final int SIZE_BYTES_MAX = 5;

  private byte[] array;
  private int end;
  private int start = SIZE_BYTES_MAX;

  /** Where the open literal begins; the byte before it is kept for its tag. */
  private int literal;

  /** The position of what is pending: the open literal, or the copy. */
  private long pending = 1;

  private int copyOffset;
  private int copySize;
  private long first;

  public SnappyWriter(int initialBytes) {
    array = new byte[Math.max(COPY_MAX, initialBytes)];
    reset();
  }

  /** Forgets what was written and begins the next message. */
  public void reset() {
    first = position();
    pending = first;
    copySize = 0;
    end = SIZE_BYTES_MAX;
    openLiteral();
  }

  /** The position of the next byte. */
  public long position() {
    return pending + copySize + (end - literal);
  }

  /** How many bytes the message has before compression. */
  public int size() {
    return Math.toIntExact(position() - first);
  }

  /**
   * Whether what begins at {@code from} stands in this message and can be copied, also after {@code
   * more} bytes.
   */
  public boolean reaches(long from, int more) {
    return from >= first && position() + more - from <= OFFSET_MAX;
  }

  /**
   * Whether a copy of what begins at {@code from} would only lengthen the one that was made last.
   */
  public boolean joins(long from) {
    return copySize > 0 && copyOffset == position() - from;
  }

  /** Repeats {@code size} bytes of this message that begin at {@code from}, which it reaches. */
  public void copy(long from, int size) {
    int offset = (int) (position() - from);
    if (copySize > 0 && copyOffset == offset) {
      copySize += size;
      return;
    }
    if (copySize > 0) {
      endCopy();
    }
    endLiteral();
    copyOffset = offset;
    copySize = size;
  }

  /** Writes a field of {@code uint32}, {@code int64} or an enum. */
  public void varint(int field, long value) {
    tag(field, WireReader.VARINT);
    rawVarint(value);
  }

  public void fixed64(int field, long value) {
    tag(field, WireReader.FIXED64);
    rawFixed64(value);
  }

  public void rawFixed64(long value) {
    room(Long.BYTES);
    LONG.set(array, end, value);
    end += Long.BYTES;
  }

  /** Writes the tag and size of a field whose {@code size} bytes are written next. */
  public void begin(int field, int size) {
    tag(field, WireReader.LEN);
    rawVarint(size);
  }

  public void bytes(int field, byte[] source) {
    begin(field, source.length);
    raw(source, 0, source.length);
  }

  /** Writes bytes as they are. */
  public void raw(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, array, end, length);
    end += length;
  }

  /** Ends the message; {@link #body} is valid until the next {@link #reset}. */
  public void end() {
    if (copySize > 0) {
      endCopy();
    }
    endLiteral();
    int size = size();
    start = SIZE_BYTES_MAX - WireWriter.varintSize(size);
    int at = start;
    int rest = size;
    for (; (rest & ~0x7f) != 0; rest >>>= 7) {
      array[at++] = (byte) (rest | 0x80);
    }
    array[at] = (byte) rest;
  }

  /** How much memory it keeps. */
  public int capacity() {
    return array.length;
  }

  /** The message, compressed. */
  public Body body() {
    return Body.of(array, start, end - start);
  }

  private void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[end++] = (byte) rest;
  }

  /** Makes room for bytes of a literal. */
  private void room(int bytes) {
    if (copySize > 0) {
      endCopy();
    }
    ensure(bytes);
  }

  private void openLiteral() {
    ensure(1);
    literal = ++end;
  }

  private void endLiteral() {
    int size = end - literal;
    if (size == 0) {
      literal = --end;
      return;
    }
    if (size <= SHORT_MAX) {
      array[literal - 1] = (byte) ((size - 1) << 2);
    } else {
      widen(size);
    }
    pending += size;
    literal = end;
  }

  /** Moves a literal up to where its length has room, and writes that. */
  private void widen(int size) {
    int extra = (Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) + 7) / Byte.SIZE;
    ensure(extra);
    System.arraycopy(array, literal, array, literal + extra, size);
    array[literal - 1] = (byte) ((SHORT_MAX - 1 + extra) << 2);
    for (int i = 0; i < extra; i++) {
      array[literal + i] = (byte) ((size - 1) >>> (Byte.SIZE * i));
    }
    end += extra;
  }

  private void endCopy() {
    ensure(COPY_BYTES * (copySize / COPY_MAX + 1) + Integer.BYTES);
    int offset = copyOffset << Byte.SIZE;
    int rest = copySize;
    for (; rest > COPY_MAX; rest -= COPY_MAX) {
      INT.set(array, end, offset | (COPY_MAX - 1) << 2 | COPY_TAG);
      end += COPY_BYTES;
    }
    INT.set(array, end, offset | (rest - 1) << 2 | COPY_TAG);
    end += COPY_BYTES;
    pending += copySize;
    copySize = 0;
    openLiteral();
  }

  private void ensure(int more) {
    if (array.length - end < more) {
      int needed = Math.addExact(end, more);
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8, (long) array.length * 2);
      array = Arrays.copyOf(array, Math.max(needed, doubled));
    }
  }
}
