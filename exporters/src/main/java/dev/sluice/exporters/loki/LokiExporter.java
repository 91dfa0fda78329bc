package dev.sluice.exporters.loki;

import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;

/**
 * Sends logs to one Loki. Ordered: one delivery is under way at a time, and it borrows the
 * encoder's memory until its last attempt.
 */
final class LokiExporter implements Exporter {
  private final LogEncoder encoder;
  private final PushClient client;
  private final Clock clock;
  private final int requestBytesMax;

  LokiExporter(LokiSettings settings, ExporterContext context) {
    clock = context.clock();
    encoder = new LogEncoder(settings, clock, context.meters().loki(context.id()));
    client = new PushClient(settings, "Sluice/" + context.version(), context);
    requestBytesMax = settings.limits().requestBytesMax();
  }

  @Override
  public Delivery prepare(Batch batch) {
    client.forget();
    EncodedBatch encoded = encoder.encode(batch);
    return new PushDelivery(
        client, clock, PushBody.pack(encoded.streams(), requestBytesMax), encoded.losses());
  }

  @Override
  public void close() {
    client.close();
  }
}
