package dev.sluice.pipeline;

import java.time.Duration;

/**
 * How a cursor queues, batches, retries and times out: the Collector's {@code sending_queue},
 * {@code batch}, {@code retry_on_failure} and {@code timeout}.
 *
 * @param timeout of one attempt
 */
public record SenderSettings(
    QueueSettings queue, BatchSettings batch, RetrySettings retry, Duration timeout) {}
