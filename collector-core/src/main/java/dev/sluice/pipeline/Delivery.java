package dev.sluice.pipeline;

/** An encoded batch on its way to a backend. Used by one thread at a time. */
@FunctionalInterface
public interface Delivery {
  /**
   * Sends what is not delivered yet, and blocks until the backend answered, {@code timeoutNanos}
   * passed or the thread was interrupted; those two are a {@link ExportResult.Retry}. A delivery of
   * several requests continues where the last attempt stopped: what a backend has confirmed is
   * never sent again.
   */
  ExportResult attempt(long timeoutNanos);
}
