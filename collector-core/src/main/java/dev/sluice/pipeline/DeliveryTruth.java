package dev.sluice.pipeline;

/** When an exporter last succeeded and last failed, and why. Guarded by the ring's lock. */
final class DeliveryTruth {
  private long lastSuccessEpochNanos;
  private long lastErrorEpochNanos;
  private String lastError = "";
  private boolean failing;

  void succeeded(long epochNanos) {
    lastSuccessEpochNanos = epochNanos;
    failing = false;
  }

  void failed(long epochNanos, String reason) {
    lastErrorEpochNanos = epochNanos;
    lastError = reason;
    failing = true;
  }

  /** 0 when nothing was delivered yet. */
  long lastSuccessEpochNanos() {
    return lastSuccessEpochNanos;
  }

  /** 0 when nothing has failed yet. */
  long lastErrorEpochNanos() {
    return lastErrorEpochNanos;
  }

  String lastError() {
    return lastError;
  }

  /** Whether the latest attempt failed. */
  boolean failing() {
    return failing;
  }
}
