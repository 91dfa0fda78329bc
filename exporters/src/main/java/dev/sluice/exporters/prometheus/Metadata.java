package dev.sluice.exporters.prometheus;

/**
 * What is said of a metric beside its samples.
 *
 * @param family the metric's Prometheus name without {@code _bucket}, {@code _sum} and so on
 */
record Metadata(MetricKind kind, Symbol family, Symbol help, Symbol unit) {}
