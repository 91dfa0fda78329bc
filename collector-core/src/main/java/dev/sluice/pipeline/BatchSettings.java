package dev.sluice.pipeline;

import dev.sluice.config.Section;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;

/**
 * When a cursor's batch is sent: when it holds {@code minSize} or its oldest item has waited for
 * {@code flushTimeout}.
 *
 * @param minSize in units of {@code sizer}; 0 sends what there is at once
 * @param maxSize in units of {@code sizer}; 0 is no limit of the user's; larger requests are split
 * @param sizer items or bytes
 */
public record BatchSettings(long minSize, long maxSize, Sizer sizer, Duration flushTimeout) {
  /** No waiting: what there is goes out at once, so batches grow by themselves under load. */
  public static final BatchSettings IMMEDIATE = new BatchSettings(0, 0, Sizer.ITEMS, Duration.ZERO);

  private static final int MIN_SIZE = 8192;
  private static final Duration FLUSH_TIMEOUT = Duration.ofMillis(200);

  /** Items that a batch aims at when nothing is configured. */
  private static final int ITEMS_TARGET = 8192;

  /** Bytes of a batch when no limit in bytes is configured: under gRPC's default limit of 4 MiB. */
  private static final int BYTES_MAX = 3 << 20;

  /** Reads a {@code sending_queue.batch} section. */
  static BatchSettings readQueueBatch(Section section, Sizer queueSizer) {
    String inherited = queueSizer == Sizer.BYTES ? "bytes" : "items";
    boolean bytes = section.choice("sizer", inherited, "items", "bytes").equals("bytes");
    Sizer sizer = bytes ? Sizer.BYTES : Sizer.ITEMS;
    long minSize = section.longInteger("min_size", MIN_SIZE, 0, Long.MAX_VALUE);
    long maxSize = section.longInteger("max_size", 0, 0, Long.MAX_VALUE);
    if (maxSize > 0 && maxSize < minSize) {
      section.problem("max_size", "must be 0 or at least min_size, which is " + minSize);
    }
    Duration timeout = section.duration("flush_timeout", FLUSH_TIMEOUT);
    section.unsupported("partition", "requests of all senders share one batch");
    return new BatchSettings(minSize, maxSize, sizer, timeout);
  }

  /** Items at which no more is added to a batch. */
  long itemsTarget() {
    if (sizer != Sizer.ITEMS) {
      return Long.MAX_VALUE;
    }
    return maxSize > 0 ? maxSize : Math.max(minSize, ITEMS_TARGET);
  }

  /** Bytes at which no more is added to a batch. */
  long bytesTarget() {
    if (sizer != Sizer.BYTES) {
      return BYTES_MAX;
    }
    return maxSize > 0 ? maxSize : Math.max(minSize, BYTES_MAX);
  }

  /** Items that a batch never exceeds. */
  int itemsMax() {
    boolean limited = sizer == Sizer.ITEMS && maxSize > 0;
    return limited ? (int) Math.min(maxSize, Integer.MAX_VALUE) : Integer.MAX_VALUE;
  }

  /** Bytes that a batch never exceeds, except by a single item that is larger. */
  int bytesMax() {
    return (int) Math.min(bytesTarget(), Integer.MAX_VALUE);
  }

  /** Whether a batch of this much is larger than it may be. */
  boolean exceeds(long items, long bytes) {
    return items > itemsMax() || bytes > bytesMax();
  }

  /** Whether no more is added to a batch of this much. */
  boolean reached(long items, long bytes) {
    return items >= itemsTarget() || bytes >= bytesTarget();
  }
}
