package dev.sluice.exporters.http;

import dev.sluice.config.ComponentId;
import dev.sluice.config.Section;
import dev.sluice.config.TlsClientConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an exporter reaches an HTTP backend: the client keys of the Collector's {@code confighttp}.
 *
 * @param endpoint as configured; empty when it is not
 * @param headers sent with every request; the values may be secrets and are never printed
 * @param compressionLevel as for {@link Compressor}
 * @param proxy the URL of an HTTP proxy; empty for none; never printed
 * @param idleConnectionsMax connections kept open without a request on them; at least 0
 * @param keepAlive false closes every connection after one request
 * @param http2 whether HTTP/2 is offered on TLS; plain connections speak HTTP/1.1
 * @param authenticator who gives the credentials of each request; null for none
 */
public record HttpClientSettings(
    String endpoint,
    Map<String, String> headers,
    Compression compression,
    int compressionLevel,
    TlsClientConfig tls,
    String proxy,
    int idleConnectionsMax,
    Duration idleTimeout,
    boolean keepAlive,
    boolean http2,
    @Nullable ComponentId authenticator) {
  /** Plain, uncompressed, with the Collector's limits on idle connections. */
  public static final HttpClientSettings DEFAULTS =
      new HttpClientSettings(
          "",
          Map.of(),
          Compression.NONE,
          Compressor.DEFAULT_LEVEL,
          TlsClientConfig.DEFAULTS,
          "",
          100,
          Duration.ofSeconds(90),
          true,
          true,
          null);

  public HttpClientSettings {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** Reads an exporter's section, for a protocol that leaves compression to the configuration. */
  public static HttpClientSettings read(Section section, HttpClientSettings defaults) {
    return HttpClientSection.read(section, defaults, true);
  }

  /** Reads an exporter's section, for a protocol that prescribes its compression. */
  public static HttpClientSettings readUncompressed(Section section, HttpClientSettings defaults) {
    return HttpClientSection.read(section, defaults, false);
  }

  public HttpClientSettings withHeaders(Map<String, String> other) {
    return new HttpClientSettings(
        endpoint,
        other,
        compression,
        compressionLevel,
        tls,
        proxy,
        idleConnectionsMax,
        idleTimeout,
        keepAlive,
        http2,
        authenticator);
  }

  public HttpClientSettings withCompression(Compression other) {
    return new HttpClientSettings(
        endpoint,
        headers,
        other,
        compressionLevel,
        tls,
        proxy,
        idleConnectionsMax,
        idleTimeout,
        keepAlive,
        http2,
        authenticator);
  }

  public HttpClientSettings withTls(TlsClientConfig other) {
    return new HttpClientSettings(
        endpoint,
        headers,
        compression,
        compressionLevel,
        other,
        proxy,
        idleConnectionsMax,
        idleTimeout,
        keepAlive,
        http2,
        authenticator);
  }

  /** Names the headers and leaves out their values. */
  @Override
  public String toString() {
    return "HttpClientSettings[endpoint=" + endpoint + ", headers=" + headers.keySet() + "]";
  }
}
