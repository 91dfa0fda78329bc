package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;

/**
 * Writes the bytes of one {@code entries} field in one pass, into room that was made before: what
 * is written is not read again, and nothing but a length is written twice. Hot path, measured by
 * {@code LokiEncoderBenchmark}. Not thread-safe.
 */
final class EntryBuffer {
  private static final byte ENTRIES_TAG = tag(Push.StreamAdapter.ENTRIES, WireReader.LEN);
  private static final byte TIMESTAMP_TAG = tag(Push.Entry.TIMESTAMP, WireReader.LEN);
  private static final byte SECONDS_TAG = tag(Push.Timestamp.SECONDS, WireReader.VARINT);
  private static final byte NANOS_TAG = tag(Push.Timestamp.NANOS, WireReader.VARINT);
  private static final byte LINE_TAG = tag(Push.Entry.LINE, WireReader.LEN);
  private static final byte METADATA_TAG = tag(Push.Entry.STRUCTURED_METADATA, WireReader.LEN);
  private static final long NANOS_A_SECOND = 1_000_000_000L;

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
    varint(length);
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
    varint(length);
    System.arraycopy(source, offset, target, at, length);
    at += length;
  }

  /** Writes a pair with bytes that are UTF-8 already. */
  void text(MetadataName name, byte[] source, int offset, int length) {
    pair(name, length);
    System.arraycopy(source, offset, target, at, length);
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
    int size = name.start().length + WireWriter.varintSize(length) + length;
    target[at++] = METADATA_TAG;
    varint(size);
    byte[] start = name.start();
    System.arraycopy(start, 0, target, at, start.length);
    at += start.length;
    varint(length);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
  }
}
