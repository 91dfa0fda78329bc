package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.exporters.http.HttpClient;
import dev.sluice.exporters.http.HttpOutcome;
import dev.sluice.exporters.http.HttpRequest;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import java.util.Map;

/**
 * Sends one signal to an OTLP peer over HTTP: one request a batch, which is its parts joined.
 * Thread-safe. Follows the <a
 * href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">specification of OTLP/HTTP</a>.
 */
final class OtlpHttpExporter implements Exporter {
  private final String url;
  private final OtlpHttpSettings.Encoding encoding;
  private final HttpClient client;
  private final Compressor compressor;
  private final OtlpHttpJudge judge;

  OtlpHttpExporter(OtlpHttpSettings settings, ExporterContext context) {
    String endpoint = settings.urls().get(context.signal());
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "%s has no endpoint for %s; set endpoint or %s_endpoint"
              .formatted(context.id(), context.signal().label(), context.signal().label()));
    }
    url = endpoint;
    encoding = settings.encoding();
    client = new HttpClient(settings.client(), "Sluice/" + context.version(), context);
    compressor =
        new Compressor(settings.client().compression(), settings.client().compressionLevel());
    judge = new OtlpHttpJudge(context);
  }

  @Override
  public Delivery prepare(Batch batch) {
    Body body = compressor.compress(encoded(batch));
    HttpRequest request =
        new HttpRequest(url, Map.of(), encoding.contentType(), compressor.compression(), body);
    return timeoutNanos -> result(batch, client.post(request, timeoutNanos));
  }

  private Body encoded(Batch batch) {
    return switch (encoding) {
      case PROTO -> Body.of(batch);
      case JSON -> json(batch);
    };
  }

  private static Body json(Batch batch) {
    byte[] joined = Body.of(batch).toByteArray();
    return Body.of(ProtoToJson.request(new Telemetry(batch.signal(), joined, batch.items())));
  }

  private ExportResult result(Batch batch, HttpOutcome outcome) {
    return switch (outcome) {
      case HttpAnswer answer -> judge.judge(batch, answer);
      case HttpOutcome.Unanswered unanswered -> unanswered.result();
    };
  }

  @Override
  public void close() {
    client.close();
    compressor.close();
  }
}
