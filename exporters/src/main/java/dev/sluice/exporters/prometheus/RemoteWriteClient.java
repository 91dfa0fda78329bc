package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.HttpClient;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.exporters.http.HttpOutcome;
import dev.sluice.exporters.http.HttpRequest;
import dev.sluice.pipeline.ExporterContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts requests to a remote write endpoint with the headers that the specifications prescribe, and
 * remembers which version the endpoint takes. Used by one thread.
 */
final class RemoteWriteClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteClient.class);
  private static final String V1_TYPE = "application/x-protobuf";
  private static final String V2_TYPE = V1_TYPE + ";proto=io.prometheus.write.v2.Request";
  private static final String VERSION = "X-Prometheus-Remote-Write-Version";

  private final String id;
  private final String url;
  private final HttpClient client;
  private final Map<String, String> v1Headers;
  private final Map<String, String> v2Headers;
  private boolean v2;

  RemoteWriteClient(
      String url,
      HttpClientSettings settings,
      boolean v2,
      String userAgent,
      ExporterContext context) {
    this.id = context.id();
    this.url = url;
    this.v2 = v2;
    client = new HttpClient(settings, userAgent, context);
    v1Headers = Map.of(VERSION, "0.1.0", "User-Agent", userAgent);
    v2Headers = Map.of(VERSION, "2.0.0", "User-Agent", userAgent);
  }

  /** Whether requests are to be those of remote write 2.0. */
  boolean isV2() {
    return v2;
  }

  /** From now on requests are those of remote write 1.0, for good. */
  void fallBack(String reason) {
    v2 = false;
    LOG.warn("{}: the endpoint does not take remote write 2.0, sending 1.0: {}", id, reason);
  }

  /**
   * Posts a body of the current version, which is compressed. Blocks for at most {@code
   * timeoutNanos}.
   */
  HttpOutcome post(Body body, long timeoutNanos) {
    HttpRequest request =
        new HttpRequest(
            url, v2 ? v2Headers : v1Headers, v2 ? V2_TYPE : V1_TYPE, Compression.SNAPPY, body);
    return client.post(request, timeoutNanos);
  }

  @Override
  public void close() {
    client.close();
  }
}
