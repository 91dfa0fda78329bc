package dev.sluice.journal;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Place;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first {@link #BYTES} of a record: a request's size and place. Hot path; {@code
 * JournalBenchmark} measures it.
 *
 * <p>It has a checksum of its own, over the segment's salt, where in the file it stands, and all
 * its fields: so a length is believed, and memory taken for it, only when it is right; a record
 * that stands elsewhere than it was written is none; and looking for the next good one after damage
 * costs the same whatever the payloads pretend to be. The payload's checksum continues it.
 *
 * @param payloadBytes at least 0
 * @param payloadCrc as it was written
 * @param headerCrc as it was written, and found right
 */
record RecordHeader(
    int payloadBytes,
    int payloadCrc,
    int headerCrc,
    Signal signal,
    Place place,
    long acceptedEpochNanos,
    int items) {
  static final int BYTES = 48;

  /** Records begin at a multiple of this. */
  static final int ALIGNMENT = 8;

  /** Of a record, in the high byte, and its version. */
  private static final short MARK = 0x5101;

  private static final int MARK_AT = 12;
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};

  /** The place after it. */
  Place next() {
    return new Place(place.sequence() + 1, place.items() + items);
  }

  /** The bytes that a request takes in a segment. */
  static long recordBytes(int payloadBytes) {
    return (BYTES + (long) payloadBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  long recordBytes() {
    return recordBytes(payloadBytes);
  }

  boolean matches(byte[] payload) {
    return payloadCrc(headerCrc, payload) == payloadCrc;
  }

  /** Puts the header of a request at the position of {@code target}. */
  static void put(
      ByteBuffer target, Telemetry telemetry, Place place, long epochNanos, long salt, long at) {
    int start = target.position();
    target
        .putInt(telemetry.size())
        .putLong(0)
        .putShort(MARK)
        .put(code(telemetry.signal()))
        .put((byte) 0)
        .putLong(place.sequence())
        .putLong(epochNanos)
        .putLong(place.items())
        .putInt(telemetry.items())
        .putInt(0);
    int headerCrc = crc(target, start, salt, at);
    target.putInt(start + 4, payloadCrc(headerCrc, telemetry.bytes()));
    target.putInt(start + 8, headerCrc);
  }

  /**
   * Reads the header that begins at {@code start} of a buffer, which is {@code at} of the file;
   * null when there is none.
   */
  static @Nullable RecordHeader get(ByteBuffer source, int start, long salt, long at) {
    int signal = source.get(start + 14);
    if (source.getShort(start + MARK_AT) != MARK || signal < 0 || signal >= SIGNALS.length) {
      return null;
    }
    int headerCrc = source.getInt(start + 8);
    if (source.getInt(start) < 0 || crc(source, start, salt, at) != headerCrc) {
      return null;
    }
    return new RecordHeader(
        source.getInt(start),
        source.getInt(start + 4),
        headerCrc,
        SIGNALS[signal],
        new Place(source.getLong(start + 16), source.getLong(start + 32)),
        source.getLong(start + 24),
        source.getInt(start + 40));
  }

  /** Its place in {@link #SIGNALS}. */
  private static byte code(Signal signal) {
    return switch (signal) {
      case TRACES -> 0;
      case METRICS -> 1;
      case LOGS -> 2;
    };
  }

  private static int crc(ByteBuffer bytes, int start, long salt, long at) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(salt).putLong(at).array());
    crc.update(bytes.slice(start, 4));
    crc.update(bytes.slice(start + MARK_AT, BYTES - MARK_AT));
    return (int) crc.getValue();
  }

  private static int payloadCrc(int headerCrc, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(headerCrc).array());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
