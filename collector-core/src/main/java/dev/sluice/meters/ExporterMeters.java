package dev.sluice.meters;

import dev.sluice.otlp.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;

/** What became of the items of one exporter in one pipeline. Thread-safe. */
public final class ExporterMeters {
  private final Meters meters;
  private final Tags tags;
  private final Signal signal;
  private final Counter sent;
  private final Counter sendFailed;
  private final Counter enqueueFailed;
  private final Counter deadLettered;
  private final DistributionSummary batchItems;
  private final DistributionSummary batchBytes;

  ExporterMeters(Meters meters, String id, String pipeline, Signal signal) {
    this.meters = meters;
    this.signal = signal;
    tags = Tags.of("exporter", id, "pipeline", pipeline);
    sent = meters.counter("otelcol_exporter_sent_" + signal.items(), tags);
    sendFailed = meters.counter("otelcol_exporter_send_failed_" + signal.items(), tags);
    enqueueFailed = meters.counter("otelcol_exporter_enqueue_failed_" + signal.items(), tags);
    batchItems = meters.sizes("otelcol_exporter_queue_batch_send_size", tags, 10, 10_000);
    batchBytes =
        meters.sizes("otelcol_exporter_queue_batch_send_size_bytes", tags, 1000, 10_000_000);
    deadLettered = meters.counter("sluice_exporter_dead_lettered_" + signal.items(), tags);
  }

  /** A batch leaves the queue to be sent. */
  public void batch(int items, long bytes) {
    batchItems.record(items);
    batchBytes.record((double) bytes);
  }

  /** Items that the backend has confirmed. */
  public void sent(int items) {
    sent.increment(items);
  }

  /** Items that were lost on the way out, whether dead-lettered or dropped. */
  public void sendFailed(long items) {
    sendFailed.increment((double) items);
  }

  /** Items that were lost because the exporter fell behind, whether dead-lettered or dropped. */
  public void enqueueFailed(long items) {
    enqueueFailed.increment((double) items);
  }

  /** Lost items that were written to the dead letters. */
  public void deadLettered(int items) {
    deadLettered.increment(items);
  }

  /** Lost items that are kept nowhere, by the rule that dropped them. */
  public void dropped(String rule, long items) {
    meters
        .counter("sluice_exporter_dropped_" + signal.items(), tags.and("rule", rule))
        .increment((double) items);
  }
}
