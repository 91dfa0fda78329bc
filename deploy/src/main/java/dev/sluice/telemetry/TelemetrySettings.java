package dev.sluice.telemetry;

import dev.sluice.config.Section;
import dev.sluice.ledger.LedgerSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Sluice tells about itself: {@code service::telemetry}.
 *
 * @param resource attributes of the process, which are labels of every meter
 */
public record TelemetrySettings(
    LogSettings logs,
    MetricsSettings metrics,
    LedgerSettings ledger,
    Map<String, String> resource) {

  /** Reads {@code service::telemetry}. */
  public static TelemetrySettings read(Section section) {
    section.unsupported("traces", "Sluice makes no spans of its own work");
    return new TelemetrySettings(
        LogSettings.read(section.section("logs")),
        MetricsSettings.read(section.section("metrics")),
        LedgerSettings.read(section.section("ledger")),
        resource(section));
  }

  /** Attributes with a null value, which the Collector takes as "leave it out", come out empty. */
  private static Map<String, String> resource(Section section) {
    Map<String, String> resource = new TreeMap<>();
    Section attributes = section.section("resource");
    for (String name : attributes.keys()) {
      Object value = attributes.any(name);
      resource.put(name, value == null ? "" : value.toString());
    }
    return resource;
  }
}
