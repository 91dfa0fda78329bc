package dev.sluice.benchmarks.load.sink;

/**
 * A format that the sink reads, as the way from its root to the field that holds an item's id.
 *
 * <p>Metrics are read as remote write only: every collector here sends them so.
 */
enum Format {
  /** {@code ExportTraceServiceRequest.resource_spans.scope_spans.spans.span_id}. */
  TRACES(Kind.BYTES, 0x1222),
  /** {@code ExportLogsServiceRequest.resource_logs.scope_logs.log_records.body.string_value}. */
  LOGS(Kind.TEXT, 0x12251),
  /** {@code logproto.PushRequest.streams.entries.line}. */
  LOKI_PUSH(Kind.TEXT, 0x122),
  /** {@code prometheus.WriteRequest.timeseries.samples.value}. */
  REMOTE_WRITE(Kind.DOUBLE, 0x121);

  /** What the last field of the way is; the others are messages. */
  enum Kind {
    BYTES,
    TEXT,
    DOUBLE
  }

  private final Kind kind;
  private final int way;

  /**
   * @param way the numbers of the fields, a hex digit each, from the root on
   */
  Format(Kind kind, int way) {
    this.kind = kind;
    this.way = way;
  }

  Kind kind() {
    return kind;
  }

  /** How many fields the way has. */
  int depth() {
    return (35 - Integer.numberOfLeadingZeros(way)) / 4;
  }

  /** The number of the field at a depth, the root's being 0. */
  int field(int depth) {
    return (way >>> (4 * (depth() - 1 - depth))) & 0xf;
  }
}
