package dev.sluice.exporters.prometheus;

import dev.sluice.config.Section;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.exporters.http.Urls;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys of the {@code prometheus_remote_write} exporter and records what is wrong. */
final class RemoteWriteSection {
  private static final String V1 = "prometheus.WriteRequest";
  private static final String V2 = "io.prometheus.write.v2.Request";
  private static final int STREAMS_MAX = 10_000_000;
  private static final List<String> RESERVED_HEADERS =
      List.of(
          "Content-Encoding", "Content-Type", "User-Agent", "X-Prometheus-Remote-Write-Version");
  private static final List<String> SERVICE_ATTRIBUTES =
      List.of("service.name", "service.namespace", "service.instance.id");

  private RemoteWriteSection() {}

  static RemoteWriteSettings read(Section section) {
    Section nested = section.sectionIfPresent("http");
    HttpClientSettings client = client(nested == null ? section : nested);
    boolean v2 = section.choice("protobuf_message", V1, V1, V2).equals(V2);
    int bytesMax =
        section.integer(
            "max_batch_size_bytes", RemoteWriteSettings.REQUEST_BYTES_MAX, 1, Integer.MAX_VALUE);
    ignored(section);
    return new RemoteWriteSettings(client.endpoint(), client, encoder(section), v2, bytesMax);
  }

  private static HttpClientSettings client(Section section) {
    HttpClientSettings client =
        HttpClientSettings.readUncompressed(section, HttpClientSettings.DEFAULTS);
    section.unsupported("compression", "remote write is always snappy");
    section.unsupported("compression_params", "remote write is always snappy");
    checkEndpoint(section, client.endpoint());
    for (String header : RESERVED_HEADERS) {
      if (client.headers().containsKey(header)) {
        section.warning("headers", header + " is remote write's own and stays as it is");
      }
    }
    return client;
  }

  private static void checkEndpoint(Section section, String endpoint) {
    if (endpoint.isEmpty()) {
      Urls.require(section, "endpoint", "as http://prometheus:9090/api/v1/write");
      return;
    }
    String path = URI.create(endpoint).getRawPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      section.warning("endpoint", "has no path; Prometheus takes remote write at /api/v1/write");
    }
  }

  private static EncoderSettings encoder(Section section) {
    EncoderSettings defaults = EncoderSettings.DEFAULTS;
    boolean customBuckets = section.bool("convert_explicit_histograms_to_nhcb", false);
    boolean keepClassic = section.bool("keep_classic_histograms", false);
    if (keepClassic && !customBuckets) {
      section.warning(
          "keep_classic_histograms", "has no effect without convert_explicit_histograms_to_nhcb");
    }
    TranslationStrategy strategy = strategy(section);
    return new EncoderSettings(
        section.string("namespace", ""),
        strategy,
        externalLabels(section, new LabelNamer(strategy)),
        constants(section),
        section.bool("send_metadata", false),
        section.section("target_info").bool("enabled", true),
        !section.bool("disable_scope_info", false),
        customBuckets,
        keepClassic,
        delta(section.section("delta_temporality"), defaults.delta()),
        section.mebibytes("series_cache_mib", defaults.cacheBytesMax(), 1, 1 << 14));
  }

  private static TranslationStrategy strategy(Section section) {
    boolean suffixes = section.bool("add_metric_suffixes", true);
    TranslationStrategy strategy =
        suffixes
            ? TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES
            : TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
    List<String> names = new ArrayList<>();
    for (TranslationStrategy known : TranslationStrategy.values()) {
      names.add(known.label());
    }
    String chosen =
        section.choice("translation_strategy", strategy.label(), names.toArray(new String[0]));
    for (TranslationStrategy known : TranslationStrategy.values()) {
      strategy = known.label().equals(chosen) ? known : strategy;
    }
    return strategy;
  }

  private static Map<String, String> externalLabels(Section section, LabelNamer namer) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, String> label : section.stringMap("external_labels").entrySet()) {
      String name = label(label.getKey(), namer);
      if (name == null || label.getValue().isEmpty()) {
        section.problem("external_labels", "has an empty name or value: " + label);
      } else {
        labels.put(name, label.getValue());
      }
    }
    return labels;
  }

  private static @Nullable String label(String key, LabelNamer namer) {
    boolean internal = key.length() > 4 && key.startsWith("__") && key.endsWith("__");
    return internal ? key : namer.build(key);
  }

  private static ResourceLabels constants(Section section) {
    Section conversion = section.section("resource_to_telemetry_conversion");
    boolean all = conversion.bool("enabled", false);
    boolean withoutService = conversion.bool("exclude_service_attributes", false);
    Section constant = section.section("resource_constant_labels");
    List<String> included = constant.strings("included");
    List<String> excluded = constant.strings("excluded");
    if (included.isEmpty() && all) {
      return new ResourceLabels(List.of("*"), withoutService ? SERVICE_ATTRIBUTES : List.of());
    }
    return new ResourceLabels(included, excluded);
  }

  private static EncoderSettings.Delta delta(Section section, EncoderSettings.Delta defaults) {
    boolean cumulative =
        section.choice("mode", "cumulative", "cumulative", "drop").equals("cumulative");
    int streams = section.integer("max_streams", defaults.seriesMax(), 1, STREAMS_MAX);
    Duration stale = section.duration("max_stale", defaults.staleAfter());
    return new EncoderSettings.Delta(cumulative, streams, stale);
  }

  private static void ignored(Section section) {
    section.unsupported(
        "max_batch_request_parallelism", "requests go out one by one, which keeps the order");
    section.unsupported("include_metadata_keys", "client metadata is not kept");
    section.unsupported(
        "wal", "sending_queue::storage with the file_storage extension keeps the queue on disk");
    section.refused(
        "export_created_metric", "is gone from the Collector too; use protobuf_message: " + V2);
  }
}
