package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.xerial.snappy.Snappy;

/** A translator and its writers, as an exporter has them, with a clock turned by hand. */
final class Bench {
  final ManualClock clock = new ManualClock();
  final SampleStore store = new SampleStore();
  final Losses losses = new Losses();
  final Translator translator;
  private final RequestWriterV1 v1 = new RequestWriterV1(store);
  private final RequestWriterV2 v2 = new RequestWriterV2(store);
  private int items;

  Bench(EncoderSettings settings) {
    translator = new Translator(settings, store, losses, clock);
  }

  static List<String> encode(ExportMetricsServiceRequest... requests) {
    return Settings.plain().bench().v1(requests);
  }

  /** What a 1.0 request says. */
  List<String> v1(ExportMetricsServiceRequest... requests) {
    int[] order = translate(Otlps.batch(requests));
    v1.write(order, 0, store.ordered(), Integer.MAX_VALUE);
    return Written.v1(uncompressed(v1));
  }

  /** What a 2.0 request says. */
  List<String> v2(ExportMetricsServiceRequest... requests) {
    int[] order = translate(Otlps.batch(requests));
    v2.write(order, 0, store.ordered(), Integer.MAX_VALUE);
    return Written.v2(uncompressed(v2));
  }

  /** What a writer wrote last, as a receiver uncompresses it. */
  static byte[] uncompressed(RequestWriter writer) {
    try {
      byte[] request = Snappy.uncompress(writer.body().toByteArray());
      assertEquals(request.length, writer.size());
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int[] translate(Batch batch) {
    items = batch.items();
    translator.translate(batch);
    return store.order();
  }

  List<Loss> losses() {
    return losses.list(items);
  }
}
