package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.exporters.Samples;
import dev.sluice.exporters.http.Compression;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExporterFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiExporterFactoryTest {
  private final LokiExporterFactory factory = new LokiExporterFactory();

  @Test
  void takesLogsInOrder() {
    ExporterFactory.Plan plan = Samples.plan(factory, "endpoint: http://loki:3100");

    assertEquals("loki", factory.type());
    assertEquals(Set.of(Signal.LOGS), plan.signals());
    assertTrue(plan.ordered());
    assertEquals(Duration.ofSeconds(5), plan.sender().timeout());
  }

  @ParameterizedTest
  @CsvSource({
    "http://loki:3100, http://loki:3100/loki/api/v1/push",
    "http://loki:3100/, http://loki:3100/loki/api/v1/push",
    "https://loki, https://loki/loki/api/v1/push",
    "http://loki:3100/loki/api/v1/push, http://loki:3100/loki/api/v1/push",
    "http://gateway/tenant-a/push, http://gateway/tenant-a/push",
    "http://[::1]:3100?x=y, http://[::1]:3100/loki/api/v1/push?x=y",
  })
  void addsThePushPathToAnEndpointWithoutAPath(String endpoint, String url) {
    assertEquals(url, settings("endpoint: '" + endpoint + "'").url());
  }

  @Test
  void hasLokisOwnDefaults() {
    LokiSettings settings = settings("endpoint: http://loki:3100");

    assertEquals(Limits.DEFAULTS, settings.limits());
    assertEquals(LabelSettings.LOKI_RESOURCE, settings.labels().resource());
    assertEquals(List.of(), settings.labels().attributes());
    assertEquals(Set.of(), settings.labels().old());
    assertEquals(PushEncoding.PROTOBUF, settings.encoding());
    assertEquals(LineFormat.RAW, settings.format());
    assertTrue(settings.structuredMetadata());
  }

  @Test
  void readsEveryKey() {
    LokiSettings settings =
        settings(
            """
            endpoint: http://loki:3100
            tenant: acme
            encoding: json
            compression: none
            format: logfmt
            structured_metadata: false
            labels:
              resource: [service.name, host.name]
              attributes: [level]
            default_labels_enabled:
              exporter: false
            max_labels: 10
            max_label_name_length: 100
            max_label_value_length: 200
            max_line_size: 1000
            max_line_size_truncate: false
            max_structured_metadata_entries_count: 20
            max_structured_metadata_size: 3000
            max_request_size: 100000
            headers: {authorization: Basic x}
            timeout: 10s
            sending_queue: {queue_size: 100}
            retry_on_failure: {initial_interval: 1s}
            """);

    assertEquals(new Limits(10, 100, 200, 1000, false, 20, 3000, 100_000), settings.limits());
    assertEquals(
        new LabelSettings(
            List.of("service.name", "host.name"),
            List.of("level"),
            Set.of("job", "instance", "level")),
        settings.labels());
    assertEquals("acme", settings.tenant());
    assertEquals(PushEncoding.JSON, settings.encoding());
    assertEquals(Compression.NONE, settings.http().compression());
    assertEquals(LineFormat.LOGFMT, settings.format());
  }

  @Test
  void acceptsTheOldExportersSample() {
    assertEquals(
        "",
        Samples.problems(
            factory,
            """
            endpoint: https://loki.example.com:3100/loki/api/v1/push
            default_labels_enabled:
              exporter: false
              job: true
            headers:
              "X-Scope-OrgID": acme
            sending_queue:
              enabled: true
              num_consumers: 2
              queue_size: 10
            retry_on_failure:
              enabled: true
              initial_interval: 10s
              max_interval: 60s
              max_elapsed_time: 10m
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: 5s | endpoint: is required, as http://loki:3100/loki/api/v1/push",
        "tenant: a/b | tenant: Loki takes 1 to 150",
        "{encoding: json, compression: zstd} | compression: must be gzip or none",
        "{compression: gzip} | has no effect: protobuf bodies are always snappy",
        "encoding: xml | encoding",
        "format: xml | format",
        "max_labels: 0 | max_labels",
        "labels: {resources: [a]} | labels::resources: unknown key",
        "default_labels_enabled: {tenant: true} | default_labels_enabled::tenant: unknown key",
      })
  void saysWhatIsWrong(String yaml, String problem) {
    String problems = Samples.problems(factory, yaml);

    assertTrue(problems.contains(problem), problems);
  }

  private static LokiSettings settings(String yaml) {
    Problems problems = new Problems();
    LokiSettings settings = LokiSection.read(Sections.of(yaml, problems));
    assertEquals("", problems.format());
    return settings;
  }
}
