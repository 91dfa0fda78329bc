/**
 * What Sluice shows of what passed through it: the last minutes of telemetry, in memory. Nothing
 * here is needed for delivery. Called by the wiring; it is an exporter like any other to the
 * pipeline.
 */
@NullMarked
package dev.sluice.console;

import org.jspecify.annotations.NullMarked;
