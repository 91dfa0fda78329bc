package dev.sluice.pipeline;

import java.time.Duration;

/**
 * How delays between attempts grow: the Collector's {@code retry_on_failure}, with full jitter.
 *
 * @param enabled false gives up after the first attempt
 * @param maxElapsed gives up after this; zero, our default, never gives up
 */
public record RetrySettings(
    boolean enabled,
    Duration initialInterval,
    double multiplier,
    Duration maxInterval,
    Duration maxElapsed) {}
