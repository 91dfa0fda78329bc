package dev.sluice.otlp;

/**
 * Telemetry of one signal as the bytes that arrived: the protobuf encoding of an {@code
 * Export{Trace,Metrics,Logs}ServiceRequest}, validated, with its items counted. The bytes are never
 * changed after this exists; it may be shared between threads.
 *
 * @param items spans, metric points or log records inside; at least 1 in a pipeline
 */
// The bytes are the point: a copy per access is what this type is there to avoid.
@SuppressWarnings("ArrayRecordComponent")
public record Telemetry(Signal signal, byte[] bytes, int items) {
  /**
   * Validates the encoding of a request and counts its items, of which there may be none.
   *
   * @throws MalformedException when the bytes are not such a request
   */
  public static Telemetry parse(Signal signal, byte[] bytes) {
    return new Telemetry(signal, bytes, Validator.count(signal, bytes, 0, bytes.length));
  }

  /** The size of the protobuf encoding. */
  public int size() {
    return bytes.length;
  }
}
