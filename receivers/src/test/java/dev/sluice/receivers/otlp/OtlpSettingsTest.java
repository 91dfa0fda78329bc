package dev.sluice.receivers.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Config;
import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.otlp.grpc.GrpcSettings;
import dev.sluice.receivers.otlp.http.HttpSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The receiver's keys: the Collector's defaults, and what is said about what is wrong. */
class OtlpSettingsTest {
  private final Problems problems = new Problems();

  @Test
  void aProtocolNamedAloneHasTheCollectorsDefaults() {
    OtlpSettings settings = read("protocols:\n  grpc:\n  http:\n");
    GrpcSettings grpc = settings.grpc();
    HttpSettings http = settings.http();
    assertNotNull(grpc);
    assertNotNull(http);
    assertEquals("localhost:4317", grpc.endpoint().toString());
    assertEquals(4 << 20, grpc.requestBytesMax());
    assertEquals("localhost:4318", http.endpoint().toString());
    assertEquals(20 << 20, http.requestBytesMax());
    assertEquals(
        Map.of(
            Signal.TRACES, "/v1/traces",
            Signal.METRICS, "/v1/metrics",
            Signal.LOGS, "/v1/logs"),
        http.urlPaths());
    assertEquals(Set.of(Encoding.values()), http.encodings());
    assertNull(http.cors());
    assertNull(http.tls());
    assertEquals("", problems.format());
  }

  @Test
  void aProtocolThatIsNotNamedIsOff() {
    assertNull(read("protocols: {grpc: {}}").http());
    assertNull(read("protocols: {http: {}}").grpc());
  }

  @Test
  void readsTheCollectorsKeys() {
    OtlpSettings settings =
        read(
            """
            protocols:
              grpc:
                endpoint: 0.0.0.0:14317
                transport: tcp
                max_recv_msg_size_mib: 16
                max_concurrent_streams: 16
                read_buffer_size: 1024
                include_metadata: true
                keepalive:
                  server_parameters:
                    max_connection_idle: 11s
                    max_connection_age: 12s
                    max_connection_age_grace: 13s
                    time: 30s
                    timeout: 5s
                  enforcement_policy:
                    min_time: 10s
                    permit_without_stream: true
              http:
                endpoint: ":14318"
                max_request_body_size: 1000
                traces_url_path: /otlp/traces
                read_timeout: 1s
                read_header_timeout: 2s
                write_timeout: 3s
                idle_timeout: 4s
                keep_alives_enabled: false
                compression_algorithms: ["", gzip]
                cors:
                  allowed_origins: ["http://*.example.com"]
                  allowed_headers: [X-A]
                  max_age: 60
            """);
    GrpcSettings grpc = settings.grpc();
    assertNotNull(grpc);
    assertEquals(16 << 20, grpc.requestBytesMax());
    assertEquals(16, grpc.streamsMax());
    assertEquals(Duration.ofSeconds(11), grpc.connectionIdle());
    assertEquals(Duration.ofSeconds(12), grpc.connectionAge());
    assertEquals(Duration.ofSeconds(13), grpc.connectionAgeGrace());
    assertEquals(Duration.ofSeconds(30), grpc.keepaliveTime());
    assertEquals(Duration.ofSeconds(5), grpc.keepaliveTimeout());
    assertEquals(Duration.ofSeconds(10), grpc.pingIntervalMin());
    assertTrue(grpc.pingsWithoutStream());
    HttpSettings http = settings.http();
    assertNotNull(http);
    assertEquals("", http.endpoint().host());
    assertEquals(1000, http.requestBytesMax());
    assertEquals("/otlp/traces", http.urlPaths().get(Signal.TRACES));
    assertEquals(Duration.ofSeconds(1), http.bodyDeadline());
    assertEquals(Duration.ofSeconds(2), http.headerDeadline());
    assertEquals(Duration.ofSeconds(3), http.responseDeadline());
    assertEquals(Duration.ofSeconds(4), http.idle());
    assertEquals(Set.of(Encoding.IDENTITY, Encoding.GZIP), http.encodings());
    assertNotNull(http.cors());
    assertEquals(60, http.cors().maxAgeSeconds());
    assertEquals("[]", problems.errors().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | at least one of grpc and http",
        "protocols: {grpcs: {}} | grpc",
        "protocols: {grpc: {transport: unix}} | only tcp is supported",
        "protocols: {grpc: {auth: {authenticator: ''}}} | is required",
        "protocols: {http: {auth: {authentication: x}}} | authenticator",
        "protocols: {http: {middlewares: [{id: x}]}} | is not available yet",
        "protocols: {http: {endpoint: localhost}} | has no port",
        "protocols: {http: {max_request_body_sise: 1}} | max_request_body_size",
        "protocols: {http: {compression_algorithms: [br]}} | got \"br\"",
        "protocols: {http: {logs_url_path: /v1/traces}} | path of another signal",
        "protocols: {grpc: {tls: {cert_file: /no/such/file}}} | key_file is missing",
        "protocols: {grpc: {max_recv_msg_size_mib: 99999}} | must be from 0 to 1024",
      })
  void saysWhatIsWrong(String yaml, String said) {
    read(yaml);
    assertTrue(problems.hasErrors());
    assertTrue(problems.format().contains(said), problems.format());
  }

  private OtlpSettings read(String yaml) {
    Config config = Sections.config(yaml, problems, Map.of());
    OtlpSettings settings = OtlpSettingsReader.read(config.root());
    config.reportUnknownKeys();
    return settings;
  }
}
