/**
 * Exporters without a backend: {@code debug}, which writes telemetry for people to read, and {@code
 * nop}, which takes it and does nothing.
 *
 * <p>Not a hot path: clarity over speed. The text is the Collector's, line by line.
 */
@NullMarked
package dev.sluice.exporters.debug;

import org.jspecify.annotations.NullMarked;
