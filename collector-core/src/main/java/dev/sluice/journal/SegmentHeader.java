package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first {@link #BYTES} of a segment.
 *
 * @param journal which journal it belongs to
 * @param base the place of its first record
 * @param previous the sequence of the base of the segment before it; its own when there was none
 * @param createdEpochNanos when it was begun
 * @param salt a random number that goes into the checksum of every record, so that a record of
 *     another file is never taken for one of this
 */
record SegmentHeader(UUID journal, Place base, long previous, long createdEpochNanos, long salt) {
  /** The format that is written; newer ones are refused. */
  static final int FORMAT = 1;

  static final int BYTES = 80;

  /** "SLUICEJ" and a line feed. Where it, the checksum and the format are is the same for ever. */
  private static final long MAGIC = 0x534C_5549_4345_4A0AL;

  private static final int CRC_AT = 8;
  private static final int FORMAT_AT = 12;

  /** A segment of a format that only a newer program can read. */
  static final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(int format) {
      super("format " + format + " is newer than the " + FORMAT + " that this program reads");
    }
  }

  ByteBuffer toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(MAGIC)
            .putInt(0)
            .putInt(FORMAT)
            .putLong(journal.getMostSignificantBits())
            .putLong(journal.getLeastSignificantBits())
            .putLong(base.sequence())
            .putLong(base.items())
            .putLong(previous)
            .putLong(createdEpochNanos)
            .putLong(salt);
    bytes.putInt(CRC_AT, crc(bytes)).position(BYTES);
    return bytes.flip();
  }

  /**
   * Reads it; null when it is none, or damaged.
   *
   * @throws NewerFormatException when it is whole, and of a newer format
   */
  static @Nullable SegmentHeader of(ByteBuffer bytes) throws NewerFormatException {
    if (bytes.limit() < BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(CRC_AT) != crc(bytes)) {
      return null;
    }
    int format = bytes.getInt(FORMAT_AT);
    if (format > FORMAT) {
      throw new NewerFormatException(format);
    }
    UUID journal = new UUID(bytes.getLong(16), bytes.getLong(24));
    Place base = new Place(bytes.getLong(32), bytes.getLong(40));
    return new SegmentHeader(
        journal, base, bytes.getLong(48), bytes.getLong(56), bytes.getLong(64));
  }

  /** Over all of it but itself. */
  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, CRC_AT));
    crc.update(bytes.slice(FORMAT_AT, BYTES - FORMAT_AT));
    return (int) crc.getValue();
  }
}
