package dev.sluice.telemetry;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import dev.sluice.pages.PageAccess;
import java.util.List;

/**
 * Where and how self-metrics are told: {@code service::telemetry::metrics}.
 *
 * @param enabled false for level {@code none}
 * @param configured whether the author of the configuration asked for this endpoint
 * @param typeSuffix whether counters end in {@code _total}
 * @param unitSuffix whether names end in their unit
 * @param access who may read them
 */
public record MetricsSettings(
    boolean enabled,
    Endpoint endpoint,
    boolean configured,
    boolean typeSuffix,
    boolean unitSuffix,
    PageAccess access) {
  private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);

  static MetricsSettings read(Section section) {
    boolean enabled =
        !section.choice("level", "normal", "none", "basic", "normal", "detailed").equals("none");
    section.unsupported("views", "the meters are always the same");
    MetricsSettings settings =
        new MetricsSettings(enabled, ENDPOINT, false, false, false, PageAccess.read(section));
    if (section.has("address")) {
      settings = settings.at(Endpoint.listening(section, "address", ENDPOINT));
    }
    List<Section> readers = section.sections("readers");
    if (section.has("readers") && readers.isEmpty()) {
      return new MetricsSettings(false, ENDPOINT, false, false, false, PageAccess.OPEN);
    }
    for (Section reader : readers) {
      settings = settings.with(reader);
    }
    return settings;
  }

  private MetricsSettings with(Section reader) {
    reader.unsupported("periodic", "self-metrics are pulled from /metrics; nothing is pushed");
    Section pull = reader.sectionIfPresent("pull");
    if (pull == null) {
      return this;
    }
    Section prometheus = pull.section("exporter").section("prometheus");
    String host = prometheus.string("host", ENDPOINT.host());
    int port = prometheus.integer("port", ENDPOINT.port(), 0, 65_535);
    // There is one scope, and it is never written into labels.
    prometheus.bool("without_scope_info", true);
    prometheus.unsupported(
        "with_resource_constant_labels", "the service.* labels are always there");
    return new MetricsSettings(
        enabled,
        new Endpoint(host, port),
        true,
        !prometheus.bool("without_type_suffix", false),
        !prometheus.bool("without_units", false),
        access);
  }

  private MetricsSettings at(Endpoint other) {
    return new MetricsSettings(enabled, other, true, typeSuffix, unitSuffix, access);
  }
}
