package dev.sluice.journal;

import dev.sluice.pipeline.Retention.Overflow;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the journal of one pipeline is kept.
 *
 * @param directory of this pipeline alone
 * @param fsync whether a request is answered only when it is on the medium, not already when the
 *     kernel has it
 * @param maxBytes of all segments; 0 leaves it to {@code reserveBytes}
 * @param reserveBytes of the file system that stay free
 * @param maxAge what is older is given up; zero keeps everything that has room
 * @param overflow what gives way when there is no room
 * @param segmentBytes of one segment, except when a single request is larger
 * @param queueBytes of requests that wait to be written
 */
public record JournalSettings(
    Path directory,
    boolean fsync,
    long maxBytes,
    long reserveBytes,
    Duration maxAge,
    Overflow overflow,
    int segmentBytes,
    int queueBytes) {
  public static final long RESERVE_BYTES_DEFAULT = 256L << 20;
  public static final int QUEUE_BYTES_DEFAULT = 16 << 20;

  private static final int SEGMENT_BYTES_MAX = 64 << 20;
  private static final int SEGMENTS_MIN = 8;

  /** The size of segments when all of them may have {@code maxBytes}. */
  public static int segmentBytes(long maxBytes) {
    return maxBytes == 0
        ? SEGMENT_BYTES_MAX
        : (int) Math.min(SEGMENT_BYTES_MAX, maxBytes / SEGMENTS_MIN);
  }

  /** With all defaults: bounded by the reserve alone, refusing when full. */
  public static JournalSettings of(Path directory, boolean fsync) {
    return new JournalSettings(
        directory,
        fsync,
        0,
        RESERVE_BYTES_DEFAULT,
        Duration.ZERO,
        Overflow.REFUSE,
        SEGMENT_BYTES_MAX,
        QUEUE_BYTES_DEFAULT);
  }
}
