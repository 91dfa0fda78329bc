package dev.sluice.otlp;

/**
 * Telemetry of one signal as the bytes that arrived: the protobuf encoding of an {@code
 * Export{Trace,Metrics,Logs}ServiceRequest}, validated, with its items counted. The bytes are never
 * changed after this exists; it may be shared between threads.
 *
 * @param items spans, metric points or log records inside; at least 1
 */
// The bytes are the point: a copy per access is what this type is there to avoid.
@SuppressWarnings("ArrayRecordComponent")
public record Telemetry(Signal signal, byte[] bytes, int items) {
  /** The size of the protobuf encoding. */
  public int size() {
    return bytes.length;
  }
}
