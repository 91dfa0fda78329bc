package dev.sluice.exporters.prometheus;

/**
 * Field numbers of remote write: {@code prometheus.WriteRequest} (1.0) and {@code
 * io.prometheus.write.v2.Request} (2.0), and what else both sides of the wire agree on.
 */
final class RemoteWrite {
  static final int V1_REQUEST_SERIES = 1;
  static final int V1_REQUEST_METADATA = 3;
  static final int V1_SERIES_LABELS = 1;
  static final int V1_SERIES_SAMPLES = 2;
  static final int V1_SERIES_EXEMPLARS = 3;
  static final int V1_SERIES_HISTOGRAMS = 4;
  static final int V1_METADATA_TYPE = 1;
  static final int V1_METADATA_FAMILY = 2;
  static final int V1_METADATA_HELP = 4;
  static final int V1_METADATA_UNIT = 5;
  static final int LABEL_NAME = 1;
  static final int LABEL_VALUE = 2;

  static final int V2_REQUEST_SYMBOLS = 4;
  static final int V2_REQUEST_SERIES = 5;
  static final int V2_SERIES_LABELS_REFS = 1;
  static final int V2_SERIES_SAMPLES = 2;
  static final int V2_SERIES_HISTOGRAMS = 3;
  static final int V2_SERIES_EXEMPLARS = 4;
  static final int V2_SERIES_METADATA = 5;
  static final int V2_METADATA_TYPE = 1;
  static final int V2_METADATA_HELP_REF = 3;
  static final int V2_METADATA_UNIT_REF = 4;

  static final int SAMPLE_VALUE = 1;
  static final int SAMPLE_TIMESTAMP = 2;
  static final int SAMPLE_START_TIMESTAMP = 3;

  /** {@code labels} in 1.0, {@code labels_refs} in 2.0. */
  static final int EXEMPLAR_LABELS = 1;

  static final int EXEMPLAR_VALUE = 2;
  static final int EXEMPLAR_TIMESTAMP = 3;

  static final int HISTOGRAM_COUNT_INT = 1;
  static final int HISTOGRAM_SUM = 3;
  static final int HISTOGRAM_SCHEMA = 4;
  static final int HISTOGRAM_ZERO_THRESHOLD = 5;
  static final int HISTOGRAM_ZERO_COUNT_INT = 6;
  static final int HISTOGRAM_NEGATIVE_SPANS = 8;
  static final int HISTOGRAM_NEGATIVE_DELTAS = 9;
  static final int HISTOGRAM_POSITIVE_SPANS = 11;
  static final int HISTOGRAM_POSITIVE_DELTAS = 12;
  static final int HISTOGRAM_TIMESTAMP = 15;
  static final int HISTOGRAM_CUSTOM_VALUES = 16;
  static final int HISTOGRAM_START_TIMESTAMP = 17;
  static final int SPAN_OFFSET = 1;
  static final int SPAN_LENGTH = 2;

  /** The schema of native histograms with custom buckets. */
  static final int CUSTOM_BUCKETS_SCHEMA = -53;

  /** The finest and the coarsest exponential schema. */
  static final int SCHEMA_MAX = 8;

  static final int SCHEMA_MIN = -4;

  /** The bits of the NaN that says that a series has ended. */
  static final long STALE_NAN = 0x7ff0000000000002L;

  private RemoteWrite() {}
}
