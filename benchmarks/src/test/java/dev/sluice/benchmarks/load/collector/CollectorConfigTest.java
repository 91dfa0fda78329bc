package dev.sluice.benchmarks.load.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorConfigTest {
  private static final Ports PORTS = new Ports(1111, 2222, 3333, 4444);

  @Test
  void logsGoToLokiByItsPushApi() {
    String yaml = CollectorConfig.yaml(PORTS, 5555, true, false);
    assertTrue(
        yaml.contains("  loki: {endpoint: \"http://127.0.0.1:5555/loki/api/v1/push\"}"), yaml);
    assertTrue(yaml.contains("exporters: [loki]"), yaml);
    assertFalse(yaml.contains("%"), yaml);
  }

  @Test
  void logsGoToLokiByOtlp() {
    String yaml = CollectorConfig.yaml(PORTS, 5555, false, false);
    assertTrue(
        yaml.contains(
            "  otlp_http/loki: {compression: none, endpoint: \"http://127.0.0.1:5555/otlp\"}"),
        yaml);
    assertTrue(yaml.contains("exporters: [otlp_http/loki]"), yaml);
    assertFalse(yaml.contains("%"), yaml);
  }

  @Test
  void aLimiterStandsBeforeEachBatch() {
    String yaml = CollectorConfig.yaml(PORTS, 5555, true, true);
    assertTrue(yaml.contains("\n  memory_limiter: {check_interval: 1s, limit_mib: 512"), yaml);
    assertEquals(4, yaml.split("\\[memory_limiter, batch\\]", -1).length, yaml);
    assertTrue(
        CollectorCommand.parse("otelcol-memory_limiter=otelcol {config}").hasMemoryLimiter());
  }

  @Test
  void commandsAreReadAndPublishedWithoutTheirFolder() {
    CollectorCommand command =
        CollectorCommand.parse("otelcol-x=/opt/bin/otelcol --config {config}");
    assertEquals("otelcol-x", command.name());
    assertEquals(
        "exec /opt/bin/otelcol --config /tmp/a.yaml", command.line(Path.of("/tmp/a.yaml")));
    assertEquals("otelcol --config {config}", command.published());
    assertFalse(command.hasLokiExporter());
    assertTrue(CollectorCommand.parse("sluice=./sluice --config {config}").hasLokiExporter());
  }

  @Test
  void commandsWithoutAConfigurationAreRefused() {
    for (String text : List.of("sluice=./sluice", "./sluice {config}", "={config}")) {
      assertThrows(IllegalArgumentException.class, () -> CollectorCommand.parse(text), text);
    }
  }

  @Test
  void coresAreNumbers() {
    assertEquals("0,2-3", new Cores("0,2-3").list());
    assertThrows(IllegalArgumentException.class, () -> new Cores("0; reboot"));
  }
}
