package dev.sluice.exporters.otlp;

import dev.sluice.config.Section;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.exporters.http.Urls;
import dev.sluice.otlp.Signal;
import java.util.EnumMap;
import java.util.Map;

/**
 * The keys of the Collector's {@code otlp_http} exporter.
 *
 * @param urls where each signal goes; a signal without an endpoint is absent
 */
record OtlpHttpSettings(HttpClientSettings client, Encoding encoding, Map<Signal, String> urls) {
  private static final HttpClientSettings DEFAULTS =
      HttpClientSettings.DEFAULTS.withCompression(Compression.GZIP);

  /** How requests are written. */
  enum Encoding {
    PROTO("application/x-protobuf"),
    JSON("application/json");

    private final String contentType;

    Encoding(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }
  }

  static OtlpHttpSettings read(Section section) {
    HttpClientSettings client = HttpClientSettings.read(section, DEFAULTS);
    Map<Signal, String> urls = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      String verbatim = Urls.read(section, signal.label() + "_endpoint");
      String url = url(client.endpoint(), signal, verbatim);
      if (!url.isEmpty()) {
        urls.put(signal, url);
      }
    }
    if (urls.isEmpty()) {
      Urls.require(
          section,
          "endpoint",
          "as http://host:4318, unless traces_endpoint, metrics_endpoint or logs_endpoint is"
              + " given");
    }
    section.unsupported("profiles_endpoint", "profiles are not supported");
    return new OtlpHttpSettings(client, section.choice("encoding", Encoding.PROTO), urls);
  }

  private static String url(String endpoint, Signal signal, String verbatim) {
    if (!verbatim.isEmpty()) {
      return verbatim;
    }
    if (endpoint.isEmpty()) {
      return "";
    }
    return endpoint + (endpoint.endsWith("/") ? "" : "/") + "v1/" + signal.label();
  }
}
