package dev.sluice.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Config;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Endpoint;
import dev.sluice.config.Problems;
import dev.sluice.pages.PageAccess;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetrySettingsTest {
  private final Problems problems = new Problems();

  @Test
  void withoutKeysItIsTheCollectorsDefault() {
    TelemetrySettings settings = read("");
    assertEquals(LogSettings.DEFAULTS, settings.logs());
    assertEquals(
        new MetricsSettings(
            true, new Endpoint("localhost", 8888), false, false, false, PageAccess.OPEN),
        settings.metrics());
    assertEquals("", problems.format());
  }

  @Test
  void readersByHandBringTheSuffixesOfTheSdk() {
    MetricsSettings settings =
        read("""
        metrics:
          readers:
            - pull:
                exporter:
                  prometheus: {host: 0.0.0.0, port: 9999}
        """)
            .metrics();
    assertEquals(
        new MetricsSettings(true, new Endpoint("0.0.0.0", 9999), true, true, true, PageAccess.OPEN),
        settings);
  }

  @Test
  void theSwitchesTakeTheSuffixesOff() {
    MetricsSettings settings =
        read("""
        metrics:
          readers:
            - pull:
                exporter:
                  prometheus:
                    port: 8888
                    without_type_suffix: true
                    without_units: true
                    without_scope_info: true
        """)
            .metrics();
    assertFalse(settings.typeSuffix());
    assertFalse(settings.unitSuffix());
    assertEquals("", problems.format());
  }

  @Test
  void noneAndNoReadersMeanNoMetrics() {
    assertFalse(read("metrics: {level: none}").metrics().enabled());
    assertFalse(read("metrics: {readers: []}").metrics().enabled());
  }

  @Test
  void theOldAddressIsTaken() {
    MetricsSettings settings = read("metrics: {address: ':8889'}").metrics();
    assertEquals(new Endpoint("", 8889), settings.endpoint());
    assertTrue(settings.configured());
  }

  @Test
  void logsHaveLevelAndEncoding() {
    assertEquals(
        new LogSettings(LogSettings.Level.DEBUG, LogSettings.Encoding.JSON),
        read("logs: {level: DEBUG, encoding: json}").logs());
    assertEquals("", problems.format());
  }

  @Test
  void whatMakesNoSenseIsAProblem() {
    read(
        """
        metrics: {level: loud, address: nowhere}
        logs: {level: chatty, encoding: xml}
        """);
    assertEquals(4, problems.errors().size(), problems::format);
  }

  @Test
  void whatHasNoEffectIsAWarning() {
    read("{traces: {level: none}, metrics: {views: []}, logs: {sampling: {enabled: false}}}");
    assertEquals(3, problems.warnings().size(), problems::format);
    assertFalse(problems.hasErrors());
  }

  @Test
  void resourceAttributesBecomeLabels() {
    assertEquals(
        Map.of("service.name", "edge", "service.instance.id", ""),
        read("resource: {service.name: edge, service.instance.id: null}").resource());
  }

  private TelemetrySettings read(String yaml) {
    Config config = new ConfigLoader(name -> null, problems).loadText("t.yaml", yaml);
    TelemetrySettings settings = TelemetrySettings.read(config.root());
    config.reportUnknownKeys();
    return settings;
  }
}
