package dev.sluice.exporters.prometheus;

import dev.sluice.meters.RemoteWriteMeters;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;

/**
 * Sends metrics by Prometheus remote write. One delivery at a time, so that samples of a series
 * never overtake each other; all buffers are reused from batch to batch.
 */
final class RemoteWriteExporter implements Exporter {
  private final RemoteWriteSettings settings;
  private final Clock clock;
  private final RemoteWriteMeters meters;
  private final RemoteWriteClient client;
  private final SampleStore store = new SampleStore();
  private final Losses losses = new Losses();
  private final Translator translator;
  private final RequestWriterV1 writerV1 = new RequestWriterV1(store);
  private final RequestWriterV2 writerV2 = new RequestWriterV2(store);

  RemoteWriteExporter(RemoteWriteSettings settings, ExporterContext context) {
    this.settings = settings;
    clock = context.clock();
    meters = context.meters().remoteWrite(context.id());
    client =
        new RemoteWriteClient(
            settings.url(),
            settings.client(),
            settings.v2(),
            "Sluice/" + context.version(),
            context);
    translator = new Translator(settings.encoder(), store, losses, clock);
  }

  @Override
  public Delivery prepare(Batch batch) {
    translator.translate(batch);
    meters.failedTranslations(losses.count());
    meters.translatedTimeSeries(store.seriesCount());
    int[] order = store.order();
    return new RemoteWriteDelivery(
        client,
        writerV1,
        writerV2,
        store,
        new Ranges(store, order, store.ordered(), losses),
        losses,
        meters,
        clock,
        settings.encoder().sendMetadata() ? translator.metrics() : null,
        batch.items(),
        settings.requestBytesMax());
  }

  @Override
  public void close() {
    client.close();
  }
}
