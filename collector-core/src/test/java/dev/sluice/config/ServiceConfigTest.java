package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConfigTest {
  private final Problems problems = new Problems();

  @Test
  void isWhatWasWrittenInItsOrder() {
    ServiceConfig service =
        read(
            """
            receivers: {otlp/b: , otlp/a: }
            processors: {batch: , memory_limiter: }
            exporters: {otlp_http/tempo: {endpoint: 'http://t:4318'}, debug: }
            extensions: {file_storage: , health_check: }
            service:
              extensions: [health_check, file_storage]
              telemetry: {logs: {level: debug}}
              pipelines:
                traces/main:
                  receivers: [otlp/b, otlp/a]
                  processors: [memory_limiter, batch]
                  exporters: [debug, otlp_http/tempo]
                logs: {receivers: [otlp/a], exporters: [debug]}
            """);

    assertEquals("", problems.format());
    assertEquals(List.of("otlp/b", "otlp/a"), ids(service.components(ComponentKind.RECEIVER)));
    assertEquals(List.of("health_check", "file_storage"), ids(service.extensions()));
    PipelineConfig traces = service.pipelines().get(0);
    assertEquals("traces/main", traces.id());
    assertEquals(Signal.TRACES, traces.signal());
    assertEquals(new Position("test.yaml", 9, 5), traces.at());
    assertEquals(List.of("memory_limiter", "batch"), ids(traces.processors()));
    assertEquals(List.of("debug", "otlp_http/tempo"), ids(traces.exporters()));
    assertEquals("exporters::otlp_http/tempo", traces.exporters().get(1).section().path());
    assertEquals(Signal.LOGS, service.pipelines().get(1).signal());
    assertEquals("debug", service.telemetry().section("logs").string("level"));
    ComponentId tempo = ComponentId.of("otlp_http/tempo");
    assertNotNull(service.component(ComponentKind.EXPORTER, tempo));
    assertNull(service.component(ComponentKind.RECEIVER, tempo));
  }

  @Test
  void anOldNameMayBeDefinedAndTheNewOneReferredTo() {
    ServiceConfig service =
        read(
            """
            receivers: {otlp: }
            exporters: {otlphttp/x: {endpoint: 'http://t:4318'}, otlp_grpc: {endpoint: 't:4317'}}
            service:
              pipelines:
                traces: {receivers: [otlp], exporters: [otlp_http/x, otlp]}
            """);

    assertFalse(problems.hasErrors(), problems.format());
    assertEquals(
        List.of("otlp_http/x", "otlp_grpc"), ids(service.pipelines().getFirst().exporters()));
    assertEquals(List.of("otlp"), ids(service.pipelines().getFirst().receivers()));
  }

  @Test
  void aNewNameIsFoundWhereTheDistributionHasTheOldOne() {
    ComponentTypes types =
        new ComponentTypes(Map.of(ComponentKind.RECEIVER, java.util.Set.of("filelog")));

    assertEquals("filelog", types.current(ComponentKind.RECEIVER, "file_log"));
    assertEquals("filelog", types.current(ComponentKind.RECEIVER, "filelog"));
  }

  @Test
  void componentsThatTheDistributionLacksAreLeftOut() {
    ServiceConfig service =
        read(
            """
            receivers: {otlp: , filelog: }
            exporters: {debug: , kafka: }
            service:
              pipelines:
                logs: {receivers: [filelog, otlp], exporters: [kafka, debug]}
            """);

    assertTrue(problems.hasErrors());
    assertEquals(List.of("otlp"), ids(service.components(ComponentKind.RECEIVER)));
    assertEquals(List.of("debug"), ids(service.pipelines().getFirst().exporters()));
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVER, hostmetrics", "RECEIVER, host_metrics", "RECEIVER, k8s_cluster",
        "RECEIVER, prometheus",
    "PROCESSOR, tail_sampling", "PROCESSOR, transform", "EXPORTER, logging", "EXPORTER, splunk_hec",
    "CONNECTOR, span_metrics", "CONNECTOR, spanmetrics", "EXTENSION, zpages",
        "EXTENSION, oauth2client"
  })
  void knowsTheCollectorsComponents(ComponentKind kind, String type) {
    assertTrue(CollectorComponents.has(kind, type));
    assertFalse(CollectorComponents.has(kind, type + "x"));
  }

  @ParameterizedTest
  @CsvSource({"otlp, otlp, ''", "otlp/2, otlp, 2", "' otlp / 2 ', otlp, 2", "a/b/c, a, b/c"})
  void readsIds(String text, String type, String name) {
    assertEquals("", ComponentId.invalid(text));
    assertEquals(new ComponentId(type, name), ComponentId.of(text));
  }

  @ParameterizedTest
  @CsvSource({"''", "/", "/a", "a/", "a b", "1a", "a-b", "a/b c", "a/b=c", "a/\u0007"})
  void refusesInvalidIds(String text) {
    assertFalse(ComponentId.invalid(text).isEmpty());
  }

  private ServiceConfig read(String yaml) {
    return FakeDistribution.read(Sections.config(yaml, problems, Map.of()));
  }

  private static List<String> ids(List<Component> components) {
    return components.stream().map(component -> component.id().toString()).toList();
  }
}
