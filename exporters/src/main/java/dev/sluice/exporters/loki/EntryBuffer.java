package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes the bytes of one {@code entries} field in one pass, into room that was made before: what
 * is written is not read again, and nothing but a length is written twice. Hot path, measured by
 * {@code LokiEncoderBenchmark}. Not thread-safe.
 */
final class EntryBuffer {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte ENTRIES_TAG = tag(Push.StreamAdapter.ENTRIES, WireReader.LEN);
  private static final byte TIMESTAMP_TAG = tag(Push.Entry.TIMESTAMP, WireReader.LEN);
  private static final byte SECONDS_TAG = tag(Push.Timestamp.SECONDS, WireReader.VARINT);
  private static final byte NANOS_TAG = tag(Push.Timestamp.NANOS, WireReader.VARINT);
  private static final byte LINE_TAG = tag(Push.Entry.LINE, WireReader.LEN);
  private static final byte METADATA_TAG = tag(Push.Entry.STRUCTURED_METADATA, WireReader.LEN);
  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long SEVEN_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
  private static final long EIGHTH_BITS = 0x8080_8080_8080_8080L;

  /** What an entry takes without line and metadata. */
  private static final int HEAD_BYTES_MAX = 64;

  private byte[] target = new byte[0];
  private int start;
  private int at;

  private static byte tag(int field, int wireType) {
    return (byte) (field << 3 | wireType);
  }

  /** Begins an entry with at most so many bytes of line and metadata. */
  void begin(WireWriter out, int bytes) {
    target = out.reserve(Math.addExact(bytes, HEAD_BYTES_MAX));
    start = out.size();
    at = start + 3; // The length of almost all entries takes two bytes.
  }

  /** Ends the entry; without this, {@code out} is as it was before. */
  void end(WireWriter out) {
    int body = start + 3;
    int length = at - body;
    int moved = start + 1 + WireWriter.varintSize(length);
    if (moved != body) {
      System.arraycopy(target, body, target, moved, length);
    }
    target[start] = ENTRIES_TAG;
    at = start + 1;
    plainVarint(length);
    out.advance(moved + length - start);
  }

  void timestamp(long nanos) {
    long seconds = Math.floorDiv(nanos, NANOS_A_SECOND);
    int size = at + 1;
    target[at] = TIMESTAMP_TAG;
    target[at + 2] = SECONDS_TAG;
    at += 3;
    varint(seconds);
    target[at++] = NANOS_TAG;
    varint(nanos - seconds * NANOS_A_SECOND);
    target[size] = (byte) (at - size - 1);
  }

  void line(byte[] source, int offset, int length) {
    target[at++] = LINE_TAG;
    plainVarint(length);
    System.arraycopy(source, offset, target, at, length);
    at += length;
  }

  /** Writes a pair with bytes that are UTF-8 already. */
  void text(MetadataName name, byte[] source, int offset, int length) {
    pair(name, length);
    ShortCopy.copy(source, offset, target, at, length);
    at += length;
  }

  /** Writes a pair with bytes as hexadecimal digits. */
  void hex(MetadataName name, byte[] source, int offset, int length) {
    pair(name, 2 * length);
    HexText.write(source, offset, length, target, at);
    at += 2 * length;
  }

  /** Writes a pair with a number that is not negative and has so many digits. */
  void number(MetadataName name, long value, int digits) {
    pair(name, digits);
    DecimalText.write(value, digits, target, at);
    at += digits;
  }

  /** Writes pairs that are encoded already. */
  void pairs(byte[] encoded) {
    System.arraycopy(encoded, 0, target, at, encoded.length);
    at += encoded.length;
  }

  /** Writes a pair up to its value, of which the length is known. */
  private void pair(MetadataName name, int length) {
    int size = name.startLength() + WireWriter.varintSize(length) + length;
    target[at++] = METADATA_TAG;
    plainVarint(size);
    ShortCopy.copy(name.start(), 0, target, at, name.startLength());
    at += name.startLength();
    plainVarint(length);
  }

  /** Writes a varint that is likely to be one of several bytes: up to eight of them at once. */
  private void varint(long value) {
    if (value >>> 56 != 0) {
      plainVarint(value);
      return;
    }
    int size = WireWriter.varintSize(value);
    long more = EIGHTH_BITS & ((1L << ((size - 1) * Byte.SIZE)) - 1);
    LONG.set(target, at, Long.expand(value, SEVEN_BITS) | more);
    at += size;
  }

  private void plainVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
  }
}
