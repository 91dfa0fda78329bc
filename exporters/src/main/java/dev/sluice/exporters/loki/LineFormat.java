package dev.sluice.exporters.loki;

/** What a record's line holds. */
enum LineFormat {
  /** The body as text; everything else is structured metadata. */
  RAW,
  /** The old exporter's JSON object of body, ids, severity, attributes and scope. */
  JSON,
  /** The old exporter's logfmt line of the same. */
  LOGFMT
}
