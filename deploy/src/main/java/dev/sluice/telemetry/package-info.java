/**
 * What Sluice tells about itself: log lines on standard error, and {@code /metrics}. What is
 * counted is decided in {@code dev.sluice.meters}; what happens, where it happens. Called by the
 * wiring.
 */
@NullMarked
package dev.sluice.telemetry;

import org.jspecify.annotations.NullMarked;
