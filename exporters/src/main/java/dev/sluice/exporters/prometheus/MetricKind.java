package dev.sluice.exporters.prometheus;

/** What a metric is to Prometheus; the codes are those of remote write metadata, 1.0 and 2.0. */
enum MetricKind {
  COUNTER(1),
  GAUGE(2),
  /** A sum that may fall: to Prometheus a gauge, but named without {@code _ratio}. */
  NON_MONOTONIC_SUM(2),
  HISTOGRAM(3),
  EXPONENTIAL_HISTOGRAM(3),
  SUMMARY(5);

  private final int code;

  MetricKind(int code) {
    this.code = code;
  }

  /** The value of {@code MetricMetadata.type} and of {@code Metadata.type}. */
  int code() {
    return code;
  }
}
