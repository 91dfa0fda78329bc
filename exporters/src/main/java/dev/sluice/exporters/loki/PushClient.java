package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.exporters.http.HttpClient;
import dev.sluice.exporters.http.HttpOutcome;
import dev.sluice.exporters.http.HttpRequest;
import dev.sluice.pipeline.ExporterContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts push requests. Used by one thread at a time. */
final class PushClient implements AutoCloseable {
  private static final String TENANT_HEADER = "X-Scope-OrgID";

  private final HttpClient client;
  private final String url;
  private final PushEncoding encoding;
  private final PushWriter writer;
  private final Compressor compressor;
  private @Nullable PushBody written;
  private @Nullable Body compressed;

  PushClient(LokiSettings settings, String userAgent, ExporterContext context) {
    client = new HttpClient(settings.http(), userAgent, context);
    url = settings.url();
    encoding = settings.encoding();
    writer = new PushWriter(encoding);
    compressor =
        switch (encoding) {
          case PROTOBUF -> new Compressor(Compression.NONE, Compressor.DEFAULT_LEVEL);
          case JSON ->
              new Compressor(settings.http().compression(), settings.http().compressionLevel());
        };
  }

  /** Posts a request; one that was posted last is not encoded again. */
  HttpOutcome post(PushBody body, long timeoutNanos) {
    String tenant = body.tenant();
    Map<String, String> headers = tenant == null ? Map.of() : Map.of(TENANT_HEADER, tenant);
    HttpRequest request =
        switch (encoding) {
          // The Snappy block, written already, is part of this content type: no Content-Encoding.
          case PROTOBUF ->
              new HttpRequest(
                  url, headers, "application/x-protobuf", Compression.NONE, compressed(body));
          case JSON ->
              new HttpRequest(
                  url, headers, "application/json", compressor.compression(), compressed(body));
        };
    return client.post(request, timeoutNanos);
  }

  /** Forgets what was posted, so that its memory is free. */
  void forget() {
    written = null;
    compressed = null;
  }

  private Body compressed(PushBody body) {
    Body known = compressed;
    if (known != null && body.equals(written)) {
      return known;
    }
    Body made = compressor.compress(writer.write(body));
    written = body;
    compressed = made;
    return made;
  }

  @Override
  public void close() {
    forget();
    client.close();
    compressor.close();
  }
}
