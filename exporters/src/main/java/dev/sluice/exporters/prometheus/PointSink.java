package dev.sluice.exporters.prometheus;

/**
 * Where the readers of all kinds of points find label sets and put samples and losses. One exists
 * for an exporter; used by one thread.
 */
record PointSink(
    EncoderSettings settings,
    SeriesCache cache,
    SampleStore store,
    DeltaStates deltas,
    ExemplarReader exemplars,
    Losses losses) {
  static final String UNSUPPORTED = "unsupported_metric";

  void unsupported(int ordinal, MetricContext metric, String problem) {
    losses.dropped(UNSUPPORTED, ordinal, "metric " + metric.name + " " + problem);
  }

  void unusable(int ordinal, MetricContext metric) {
    unsupported(ordinal, metric, "has an attribute whose name gives no label name");
  }

  /** Counts a delta point that was not added up. */
  void refused(int ordinal, MetricContext metric, DeltaStates.Verdict verdict) {
    switch (verdict) {
      case ADDED -> throw new IllegalArgumentException("not refused");
      case OUT_OF_ORDER ->
          losses.dropped(
              "delta_out_of_order",
              ordinal,
              "a delta point of " + metric.name + " is not newer than the one before");
      case FULL ->
          losses.dropped(
              "delta_series_limit",
              ordinal,
              "more delta series than delta_temporality::max_streams are in use");
      case UNSUPPORTED -> unsupported(ordinal, metric, "has buckets too far apart to be added up");
    }
  }
}
