package dev.sluice.pipeline;

import java.time.Duration;

/**
 * When a cursor's batch is sent: when it holds {@code minSize} or its oldest item has waited for
 * {@code flushTimeout}.
 *
 * @param minSize in units of {@code sizer}; 0 sends what there is at once
 * @param maxSize in units of {@code sizer}; 0 is no limit; larger requests are split
 * @param sizer items or bytes
 */
public record BatchSettings(
    long minSize, long maxSize, QueueSettings.Sizer sizer, Duration flushTimeout) {}
