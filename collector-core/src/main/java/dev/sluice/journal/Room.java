package dev.sluice.journal;

import dev.sluice.pipeline.Retention.Overflow;
import java.io.IOException;

/**
 * Whether there is room for more: within the journal's own limit, and within what the file system
 * has beyond the reserve. Measured by the journal's thread, asked by all.
 *
 * <p>Once it is full, it has room again when a sixteenth of the limit is free.
 */
final class Room {
  private static final int HYSTERESIS = 16;

  private final JournalSettings settings;
  private final Disk disk;
  private final Segments segments;
  private volatile long usedBytes;
  private volatile long usableBytes = Long.MAX_VALUE;
  private volatile boolean full;

  Room(JournalSettings settings, Disk disk, Segments segments) {
    this.settings = settings;
    this.disk = disk;
    this.segments = segments;
  }

  /** Segments were written or deleted. */
  void count() {
    usedBytes = segments.bytes();
  }

  /** Looks at the disk. */
  void measure() {
    count();
    try {
      usableBytes = disk.usableBytes(settings.directory());
    } catch (IOException e) {
      usableBytes = 0;
    }
    full = full ? !isSpacious(0, HYSTERESIS) : usableBytes < settings.reserveBytes();
  }

  /** Whether so many bytes of records fit, in the queue and on disk. */
  boolean has(long waitingBytes) {
    if (full) {
      return false;
    }
    if (settings.maxBytes() > 0 && usedBytes + waitingBytes > settings.maxBytes()) {
      full = true;
      return false;
    }
    return true;
  }

  /** Whether the oldest has to go, so that there will be room. */
  boolean isTight(long waitingBytes) {
    return settings.overflow() == Overflow.DROP_OLDEST && !isSpacious(waitingBytes, HYSTERESIS);
  }

  private boolean isSpacious(long waitingBytes, int share) {
    long max = settings.maxBytes();
    long reserve = settings.reserveBytes();
    boolean within = max == 0 || usedBytes + waitingBytes <= max - max / share;
    return within && usableBytes - waitingBytes >= reserve + reserve / share;
  }

  boolean isFull() {
    return full;
  }

  long usedBytes() {
    return usedBytes;
  }

  long usableBytes() {
    return usableBytes;
  }
}
