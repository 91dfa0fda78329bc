package dev.sluice.exporters.loki;

import dev.sluice.config.Section;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.exporters.http.Urls;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the keys of the {@code loki} exporter and records what is wrong with them. */
final class LokiSection {
  private static final String PUSH_PATH = "/loki/api/v1/push";
  private static final int NAMES_MAX = 1000;

  private LokiSection() {}

  static LokiSettings read(Section section) {
    PushEncoding encoding = section.choice("encoding", PushEncoding.PROTOBUF);
    HttpClientSettings http = http(section, encoding);
    return new LokiSettings(
        http,
        url(section, http.endpoint()),
        tenant(section),
        encoding,
        section.choice("format", LineFormat.RAW),
        section.bool("structured_metadata", true),
        labels(section),
        limits(section));
  }

  private static HttpClientSettings http(Section section, PushEncoding encoding) {
    Compression preset = encoding == PushEncoding.JSON ? Compression.GZIP : Compression.NONE;
    HttpClientSettings http =
        HttpClientSettings.read(section, HttpClientSettings.DEFAULTS.withCompression(preset));
    Compression compression = http.compression();
    if (encoding == PushEncoding.PROTOBUF) {
      if (compression != Compression.NONE && compression != Compression.SNAPPY) {
        section.warning("compression", "has no effect: protobuf bodies are always snappy for Loki");
      }
    } else if (compression != Compression.NONE && compression != Compression.GZIP) {
      section.problem("compression", "must be gzip or none: Loki takes no other with JSON");
    }
    return http;
  }

  /** A URL without a path gets that of the push API; one with a path is used as it is. */
  private static String url(Section section, String endpoint) {
    if (endpoint.isEmpty()) {
      Urls.require(section, "endpoint", "as http://loki:3100" + PUSH_PATH);
      return "";
    }
    URI uri = URI.create(endpoint);
    String path = uri.getRawPath();
    if (path != null && !path.isEmpty() && !path.equals("/")) {
      return endpoint;
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return uri.getScheme() + "://" + uri.getRawAuthority() + PUSH_PATH + query;
  }

  private static @Nullable String tenant(Section section) {
    String tenant = section.string("tenant");
    if (tenant != null && !TenantName.isValid(tenant)) {
      section.problem("tenant", "Loki takes 1 to 150 letters, digits and !-_.*'() as a tenant");
    }
    return tenant;
  }

  private static LabelSettings labels(Section section) {
    Section labels = section.section("labels");
    List<String> resource =
        labels.has("resource") ? labels.strings("resource") : LabelSettings.LOKI_RESOURCE;
    return new LabelSettings(resource, labels.strings("attributes"), old(section));
  }

  /** The old labels are on by default in a map that is there, as they were in the old exporter. */
  private static Set<String> old(Section section) {
    Section enabled = section.sectionIfPresent("default_labels_enabled");
    Set<String> old = new LinkedHashSet<>();
    if (enabled != null) {
      for (String name : LabelSettings.OLD) {
        if (enabled.bool(name, true)) {
          old.add(name);
        }
      }
    }
    return old;
  }

  private static Limits limits(Section section) {
    Limits defaults = Limits.DEFAULTS;
    return new Limits(
        section.integer("max_labels", defaults.labelsMax(), 1, NAMES_MAX),
        section.integer("max_label_name_length", defaults.labelNameMax(), 16, 1 << 16),
        section.integer("max_label_value_length", defaults.labelValueMax(), 16, 1 << 20),
        section.integer("max_line_size", defaults.lineMax(), 0, 1 << 30),
        section.bool("max_line_size_truncate", defaults.lineTruncated()),
        section.integer(
            "max_structured_metadata_entries_count", defaults.metadataEntriesMax(), 0, NAMES_MAX),
        section.integer("max_structured_metadata_size", defaults.metadataBytesMax(), 0, 1 << 30),
        section.integer("max_request_size", defaults.requestBytesMax(), 1 << 10, 1 << 30));
  }
}
