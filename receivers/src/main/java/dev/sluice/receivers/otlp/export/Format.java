package dev.sluice.receivers.otlp.export;

/** How a request is encoded, and its answer with it. */
public enum Format {
  PROTOBUF,
  JSON
}
