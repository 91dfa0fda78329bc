package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that answer and end. */
class MainTest {
  private static final String VALID =
      """
      receivers:
        otlp:
          protocols:
            grpc:
            http:
      processors:
        batch:
      exporters:
        otlphttp/tempo:
          endpoint: http://tempo:4318
          headers:
            authorization: Bearer verysecret
      service:
        pipelines:
          traces:
            receivers: [otlp]
            processors: [batch]
            exporters: [otlphttp/tempo]
      """;

  @TempDir private Path folder;

  private final TestHost host = new TestHost();

  @Test
  void versionIsThePoms() {
    assertEquals(0, host.run("--version"));
    assertTrue(host.out().matches("sluice version \\d+\\.\\d+\\.\\d+.*\n"), host::out);
    assertEquals(0, new TestHost().run("version"));
  }

  @Test
  void componentsAreListedByKind() {
    assertEquals(0, host.run("components"));
    for (String name :
        List.of("receivers:", "- otlp\n", "- batch", "- otlp_http", "- loki", "- health_check")) {
      assertTrue(host.out().contains(name), () -> name + " in " + host.out());
    }
  }

  @Test
  void helpAnswersAndMisuseDoesNot() {
    assertEquals(0, host.run("--help"));
    assertTrue(host.out().contains("Usage: sluice"), host::out);
    TestHost other = new TestHost();
    assertEquals(2, other.run("--confg", "x"));
    assertEquals("", other.out());
    assertTrue(other.err().contains("--confg") && other.err().contains("--help"), other::err);
  }

  @Test
  void theEmbeddedConfigurationIsValid() {
    assertEquals(0, host.run("validate"), host::err);
    assertEquals("", host.err());
  }

  @Test
  void aliasesAreValidAndWarnedOf() throws IOException {
    assertEquals(0, host.run("validate", "--config", file(VALID)), host::err);
    assertTrue(host.err().contains("otlp_http"), host::err);
  }

  /** Each row breaks one thing in the valid configuration; the message must name what it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'http:'                 | 'htpp:'                | 'http'
          'endpoint: http://tempo:4318' | 'endpont: http://tempo:4318' | 'did you mean "endpoint"'
          'receivers: [otlp]'     | 'receivers: [otpl]'    | 'otpl'
          'processors: [batch]'   | 'processors: [filter]' | 'filter'
          'traces:'               | 'spans:'               | 'spans'
          'otlphttp/tempo:'       | 'kafka:'               | 'does not have'
          'http://tempo:4318'     | 'tempo:4318'           | 'http://'
          'grpc:'                 | 'grpc: {endpoint: nowhere}' | 'nowhere'
          'batch:'                | 'batch: {timeout: soon}'    | 'soon'
          'exporters: [otlphttp/tempo]' | 'exporters: []'       | 'at least one'
          """)
  void brokenConfigurationsAreRefusedWithTheirPlace(String sound, String broken, String message)
      throws IOException {
    assertTrue(VALID.contains(sound), sound);
    String path = file(VALID.replaceFirst(Pattern.quote(sound), broken));
    assertEquals(1, host.run("validate", "--config", path));
    assertEquals("", host.out());
    assertTrue(host.err().contains(message), host::err);
    assertTrue(host.err().contains(path + ":"), host::err);
    assertTrue(host.err().contains("refused"), host::err);
  }

  @Test
  void anExporterMustTakeTheSignalOfItsPipeline() throws IOException {
    String yaml =
        VALID.replace("otlphttp/tempo", "loki").replace("tempo:4318", "loki:3100/loki/api/v1/push");
    assertEquals(1, host.run("validate", "--config", file(yaml)));
    assertTrue(
        host.err()
            .contains("exporter \"loki\" does not take traces; as it is configured, it takes logs"),
        host::err);
  }

  @Test
  void anExporterWithoutAnEndpointForTheSignalIsRefused() throws IOException {
    String yaml =
        VALID.replaceFirst("endpoint: [^,}\\n]*tempo:4318", "logs_endpoint: http://tempo:4318");
    assertNotEquals(VALID, yaml);
    assertEquals(1, host.run("validate", "--config", file(yaml)));
    assertTrue(host.err().contains("as it is configured, it takes logs"), host::err);
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals(1, host.run("--config", "/nowhere/sluice.yaml"));
    assertTrue(host.err().contains("/nowhere/sluice.yaml"), host::err);
  }

  @Test
  void printConfigMergesSubstitutesAndHidesSecrets() throws IOException {
    host.with("HOST", "other");
    String first = file(VALID.replace("http://tempo", "http://${env:HOST}"));
    String second = file("processors: {batch: {timeout: 1s}}");
    String[] arguments = {"print-config", "--config", first, "--config=" + second};
    assertEquals(0, host.run(arguments), host::err);
    assertTrue(host.out().contains("http://other:4318"), host::out);
    assertTrue(host.out().contains("timeout: 1s"), host::out);
    assertTrue(!host.out().contains("verysecret"), host::out);
  }

  @Test
  void printConfigShowsSecretsOnlyWhenTold() throws IOException {
    assertEquals(0, host.run("print-config", "--mode=unredacted", "--config", file(VALID)));
    assertTrue(host.out().contains("Bearer verysecret"), host::out);
  }

  @Test
  void healthOfNobodyIsUnhealthy() throws IOException {
    int port = FreePorts.find(1).getFirst();
    assertEquals(1, host.run("health", "--endpoint", "127.0.0.1:" + port));
    assertTrue(host.err().contains("unhealthy: http://127.0.0.1:" + port), host::err);
  }

  @Test
  void healthWithoutTheExtensionSaysSo() throws IOException {
    assertEquals(1, host.run("health", "--config", file(VALID)));
    assertTrue(host.err().contains("no health_check extension"), host::err);
  }

  private String file(String yaml) throws IOException {
    Path file = Files.createTempFile(folder, "sluice", ".yaml");
    return Files.writeString(file, yaml).toString();
  }
}
