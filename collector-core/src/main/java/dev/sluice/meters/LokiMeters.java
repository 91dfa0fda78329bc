package dev.sluice.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;

/**
 * What the Loki exporter did to make records fit Loki's limits; none of it loses one. Thread-safe.
 */
public final class LokiMeters {
  private final Counter labelsDemoted;
  private final Counter metadataDropped;
  private final Counter linesTruncated;

  LokiMeters(Meters meters, String id) {
    Tags tags = Tags.of("exporter", id);
    labelsDemoted = meters.counter("sluice_exporter_loki_labels_demoted", tags);
    metadataDropped = meters.counter("sluice_exporter_loki_metadata_dropped", tags);
    linesTruncated = meters.counter("sluice_exporter_loki_lines_truncated", tags);
  }

  /** Attributes of a record that were to be labels and became structured metadata. */
  public void labelsDemoted(int attributes) {
    labelsDemoted.increment(attributes);
  }

  /** Pairs of structured metadata that an entry has no room for. */
  public void metadataDropped(int pairs) {
    metadataDropped.increment(pairs);
  }

  /** A line was cut to the longest that is taken. */
  public void lineTruncated() {
    linesTruncated.increment();
  }
}
