package dev.sluice.journal;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Gathers records into large writes. Used by the journal's thread. Hot path; {@code
 * JournalBenchmark} measures it.
 */
final class SegmentWriter {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** Writes the requests of a group from {@code start} of a file on; returns where they end. */
  long write(DiskFile file, long start, long salt, Place place, Iterable<WriteQueue.Request> group)
      throws IOException {
    buffer.clear();
    long flushed = start;
    Place at = place;
    for (WriteQueue.Request request : group) {
      Telemetry telemetry = request.telemetry();
      if (buffer.remaining() < RecordHeader.BYTES) {
        flushed = flush(file, flushed);
      }
      RecordHeader.put(
          buffer, telemetry, at, request.acceptedEpochNanos(), salt, flushed + buffer.position());
      flushed = put(file, flushed, telemetry.bytes());
      at = new Place(at.sequence() + 1, at.items() + telemetry.items());
    }
    return flush(file, flushed);
  }

  private long put(DiskFile file, long flushed, byte[] payload) throws IOException {
    long at = flushed;
    int done = 0;
    while (done < payload.length) {
      if (!buffer.hasRemaining()) {
        at = flush(file, at);
      }
      int length = Math.min(buffer.remaining(), payload.length - done);
      buffer.put(payload, done, length);
      done += length;
    }
    while ((buffer.position() & (RecordHeader.ALIGNMENT - 1)) != 0) {
      buffer.put((byte) 0);
    }
    return at;
  }

  private long flush(DiskFile file, long at) throws IOException {
    int length = buffer.flip().remaining();
    file.write(buffer, at);
    buffer.clear();
    return at + length;
  }
}
