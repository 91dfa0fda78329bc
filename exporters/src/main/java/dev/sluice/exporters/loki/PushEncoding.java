package dev.sluice.exporters.loki;

/** How a push request is written. */
enum PushEncoding {
  /** Protobuf in the Snappy block format. */
  PROTOBUF,
  /** JSON, compressed with gzip or deflate or not at all. */
  JSON
}
