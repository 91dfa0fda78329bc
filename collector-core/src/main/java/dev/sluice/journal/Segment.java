package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Place;
import java.nio.file.Path;

/**
 * One file of records. Written by the journal's thread, seen by all.
 *
 * <p>It has the records from its base up to the base of the next segment; what it may have beyond
 * was not acknowledged there, and is superseded.
 */
final class Segment {
  final Path file;
  final SegmentHeader header;

  private volatile long bytes;
  private volatile long newestEpochNanos;
  private volatile boolean damaged;

  Segment(Path file, SegmentHeader header, long bytes, long newestEpochNanos) {
    this.file = file;
    this.header = header;
    this.bytes = bytes;
    this.newestEpochNanos = newestEpochNanos;
  }

  Place base() {
    return header.base();
  }

  /** Up to where it can be read: the end of the last record that was committed. */
  long bytes() {
    return bytes;
  }

  /** When its newest record was accepted, or a little later. */
  long newestEpochNanos() {
    return newestEpochNanos;
  }

  /** Records were added, up to {@code end}. */
  void commit(long end, long epochNanos) {
    newestEpochNanos = epochNanos;
    bytes = end;
  }

  boolean isEmpty() {
    return bytes <= SegmentHeader.BYTES;
  }

  /** Something in it could not be read: a person may want to see it. */
  void damage() {
    damaged = true;
  }

  boolean isDamaged() {
    return damaged;
  }
}
