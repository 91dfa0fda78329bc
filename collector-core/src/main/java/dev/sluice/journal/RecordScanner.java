package dev.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records of one segment, forwards, and finds its way over damage: where no header
 * is, it looks for the next one, 8 bytes further each time. Used by one thread.
 *
 * <p>What the disk cannot read, when asked twice, counts as bytes of 0, a page at a time.
 */
final class RecordScanner implements Closeable {
  /** The size of the buffer that a reader lends to one scanner after the other. */
  static final int BUFFER_BYTES = 256 << 10;

  private static final int PAGE_BYTES = 4096;

  private final DiskFile file;
  private final Segment segment;
  private final ByteBuffer buffer;
  private long bufferAt;
  private long position = SegmentHeader.BYTES;
  private long lastSequence;
  private @Nullable RecordHeader header;
  private boolean searching;
  private boolean cutShort;

  /**
   * @param buffer of {@link #BUFFER_BYTES}, this scanner's until it is closed
   */
  RecordScanner(DiskFile file, Segment segment, ByteBuffer buffer) {
    this.file = file;
    this.segment = segment;
    this.buffer = buffer.clear().limit(0);
    lastSequence = segment.base().sequence() - 1;
  }

  Segment segment() {
    return segment;
  }

  /** Where in the file the next record is looked for. */
  long position() {
    return position;
  }

  /** The sequence of the record that it stands on, or else before its first one. */
  long lastSequence() {
    return lastSequence;
  }

  /**
   * Goes on to the next record with a sequence in {@code [from, to)}; false, staying before it,
   * when there is none.
   */
  boolean next(long from, long to) {
    while (position + RecordHeader.BYTES <= segment.bytes() && !cutShort) {
      RecordHeader found = headerHere();
      if (found == null) {
        segment.damage();
        position += RecordHeader.ALIGNMENT;
      } else if (found.place().sequence() >= to) {
        return false;
      } else {
        position += found.recordBytes();
        lastSequence = found.place().sequence();
        header = found;
        if (lastSequence >= from) {
          return true;
        }
      }
    }
    return false;
  }

  /** The header of the record that it stands on. */
  RecordHeader header() {
    return Objects.requireNonNull(header);
  }

  /** The payload of the record that it stands on; null when it is damaged. */
  byte @Nullable [] payload() {
    RecordHeader record = header();
    byte[] payload = new byte[record.payloadBytes()];
    long start = position - record.recordBytes() + RecordHeader.BYTES;
    if (read(payload, start) && record.matches(payload)) {
      return payload;
    }
    buffer.limit(0);
    if (read(payload, start) && record.matches(payload)) {
      return payload;
    }
    segment.damage();
    return null;
  }

  /** The header at the position, when one that may follow is there; asks the disk twice. */
  private @Nullable RecordHeader headerHere() {
    RecordHeader found = headerOnce();
    if (found == null && !searching) {
      buffer.limit(0);
      found = headerOnce();
    }
    searching = found == null;
    return found;
  }

  private @Nullable RecordHeader headerOnce() {
    if (!ensure(position, RecordHeader.BYTES)) {
      return null;
    }
    RecordHeader found =
        RecordHeader.get(buffer, (int) (position - bufferAt), segment.header.salt(), position);
    boolean follows =
        found != null
            && found.place().sequence() > lastSequence
            && position + found.recordBytes() <= segment.bytes();
    return follows ? found : null;
  }

  private boolean read(byte[] target, long start) {
    int done = 0;
    while (done < target.length) {
      int length = Math.min(target.length - done, BUFFER_BYTES);
      int ready = buffered(start + done);
      if (ready == 0) {
        if (!ensure(start + done, 1)) {
          return false;
        }
        ready = buffered(start + done);
      }
      length = Math.min(length, ready);
      buffer.get((int) (start + done - bufferAt), target, done, length);
      done += length;
    }
    return true;
  }

  /** How many bytes from {@code at} on are in the buffer. */
  private int buffered(long at) {
    long end = bufferAt + buffer.limit();
    return at >= bufferAt && at < end ? (int) (end - at) : 0;
  }

  private boolean isBuffered(long at, int length) {
    return buffered(at) >= length;
  }

  /** Makes sure that {@code length} bytes from {@code at} on are in the buffer. */
  private boolean ensure(long at, int length) {
    if (!isBuffered(at, length)) {
      fill(at);
    }
    return isBuffered(at, length);
  }

  private void fill(long at) {
    int length = (int) Math.min(BUFFER_BYTES, segment.bytes() - at);
    bufferAt = at;
    boolean filled = tryFill(length);
    if (filled || tryFill(length)) {
      return;
    }
    int page = (int) Math.min(length, PAGE_BYTES - at % PAGE_BYTES);
    if (!tryFill(page)) {
      fillWithZeros(Math.max(page, Math.min(length, RecordHeader.BYTES)));
    }
  }

  private boolean tryFill(int length) {
    buffer.clear().limit(length);
    try {
      while (buffer.hasRemaining()) {
        int read = file.read(buffer, bufferAt + buffer.position());
        if (read <= 0) {
          cutShort = true;
          break;
        }
      }
      buffer.flip();
      return true;
    } catch (IOException e) {
      buffer.limit(0);
      return false;
    }
  }

  private void fillWithZeros(int length) {
    buffer.clear();
    for (int i = 0; i < length; i++) {
      buffer.put((byte) 0);
    }
    buffer.flip();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read: there is nothing to be lost.
    }
  }
}
