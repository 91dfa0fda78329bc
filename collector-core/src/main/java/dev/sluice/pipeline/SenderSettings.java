package dev.sluice.pipeline;

import dev.sluice.config.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cursor queues, batches, retries and times out: the Collector's {@code sending_queue},
 * {@code retry_on_failure} and {@code timeout}.
 *
 * @param batch the exporter's own batching, or null to use the pipeline's
 * @param timeout of one attempt
 */
public record SenderSettings(
    QueueSettings queue, @Nullable BatchSettings batch, RetrySettings retry, Duration timeout) {
  public static final SenderSettings DEFAULTS =
      new SenderSettings(
          QueueSettings.DEFAULTS, null, RetrySettings.DEFAULTS, Duration.ofSeconds(5));

  public SenderSettings withTimeout(Duration other) {
    return new SenderSettings(queue, batch, retry, other);
  }

  public SenderSettings withRetry(RetrySettings other) {
    return new SenderSettings(queue, batch, other, timeout);
  }

  public SenderSettings withQueue(QueueSettings other) {
    return new SenderSettings(other, batch, retry, timeout);
  }

  /**
   * Reads {@code sending_queue}, {@code retry_on_failure} and {@code timeout} of an exporter's
   * section. A timeout of zero is none, as in the Collector.
   */
  public static SenderSettings read(Section section, SenderSettings defaults) {
    Section queueSection = section.section("sending_queue");
    QueueSettings queue = QueueSettings.read(queueSection);
    Section batchSection = queueSection.sectionIfPresent("batch");
    BatchSettings batch =
        batchSection == null
            ? defaults.batch
            : BatchSettings.readQueueBatch(batchSection, queue.sizer());
    RetrySettings retry = RetrySettings.read(section.section("retry_on_failure"), defaults.retry);
    Duration timeout = section.duration("timeout", defaults.timeout);
    return new SenderSettings(queue, batch, retry, timeout);
  }

  /** What to give {@link Delivery#attempt}: no timeout is a very long one. */
  long timeoutNanos() {
    return timeout.isZero() ? Duration.ofHours(1).toNanos() : timeout.toNanos();
  }
}
