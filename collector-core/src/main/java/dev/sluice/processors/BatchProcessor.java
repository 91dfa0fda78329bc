package dev.sluice.processors;

import dev.sluice.config.Section;
import dev.sluice.pipeline.BatchSettings;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;

/**
 * The {@code batch} processor: how the cursors of its pipeline batch, for exporters without a
 * {@code sending_queue.batch} of their own. Unlike the Collector's it holds nothing itself, so
 * nothing is lost between it and the queue.
 */
public final class BatchProcessor {
  private static final int SEND_BATCH_SIZE = 8192;
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private BatchProcessor() {}

  /** Reads the processor's section. */
  public static BatchSettings read(Section section) {
    long size = section.longInteger("send_batch_size", SEND_BATCH_SIZE, 0, Integer.MAX_VALUE);
    long maxSize = section.longInteger("send_batch_max_size", 0, 0, Integer.MAX_VALUE);
    if (maxSize > 0 && maxSize < size) {
      section.problem(
          "send_batch_max_size", "must be 0 or at least send_batch_size, which is " + size);
    }
    Duration timeout = section.duration("timeout", TIMEOUT);
    section.unsupported("metadata_keys", "requests of all senders share one batch");
    section.unsupported("metadata_cardinality_limit", "it belongs to metadata_keys");
    return new BatchSettings(timeout.isZero() ? 0 : size, maxSize, Sizer.ITEMS, timeout);
  }
}
