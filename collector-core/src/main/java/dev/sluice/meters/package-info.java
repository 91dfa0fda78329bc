/**
 * Self-metrics: the only place that sees Micrometer. A method here is named after the event that it
 * counts; names of meters are the OpenTelemetry Collector's, so that dashboards go on working.
 */
@NullMarked
package dev.sluice.meters;

import org.jspecify.annotations.NullMarked;
