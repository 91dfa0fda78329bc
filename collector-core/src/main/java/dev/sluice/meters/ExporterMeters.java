package dev.sluice.meters;

import dev.sluice.otlp.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;

/** What became of the items of one exporter in one pipeline. Thread-safe. */
public final class ExporterMeters {
  private final Counter sent;
  private final Counter sendFailed;
  private final Counter enqueueFailed;

  ExporterMeters(Meters meters, String id, String pipeline, Signal signal) {
    Tags tags = Tags.of("exporter", id, "pipeline", pipeline);
    sent = meters.counter("otelcol_exporter_sent_" + signal.items(), tags);
    sendFailed = meters.counter("otelcol_exporter_send_failed_" + signal.items(), tags);
    enqueueFailed = meters.counter("otelcol_exporter_enqueue_failed_" + signal.items(), tags);
  }

  /** Items that the backend has confirmed. */
  public void sent(int items) {
    sent.increment(items);
  }

  /** Items that were lost on the way out. */
  public void sendFailed(int items) {
    sendFailed.increment(items);
  }

  /** Items that were never queued for this exporter. */
  public void enqueueFailed(int items) {
    enqueueFailed.increment(items);
  }
}
