package dev.sluice.exporters.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.exporters.otlp.grpc.OtlpGrpcExporterFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpConfigurationTest {
  @Test
  void takesTheSampleOfTheCollectorsHttpExporter() {
    String yaml =
        """
        endpoint: "https://1.2.3.4:1234"
        tls:
          insecure_skip_verify: true
        timeout: 10s
        read_buffer_size: 123
        write_buffer_size: 345
        sending_queue:
          enabled: true
          num_consumers: 2
          queue_size: 10
        retry_on_failure:
          enabled: true
          initial_interval: 10s
          randomization_factor: 0.7
          multiplier: 1.3
          max_interval: 60s
          max_elapsed_time: 10m
        headers:
          "can you have a . here?": "F0000000-0000-0000-0000-000000000000"
          header1: "234"
          another: "somevalue"
        compression: gzip
        """
            .replace("can you have a . here?", "with.dot");
    String problems = Samples.problems(new OtlpHttpExporterFactory(), yaml);
    assertFalse(problems.lines().anyMatch(problem -> !problem.contains("warning: ")), problems);
  }

  @Test
  void takesTheSampleOfTheCollectorsGrpcExporter() {
    String yaml =
        """
        endpoint: "1.2.3.4:1234"
        compression: "gzip"
        tls:
          insecure: true
        timeout: 10s
        sending_queue:
          enabled: true
          num_consumers: 2
          queue_size: 100000
          batch:
            flush_timeout: 200ms
            min_size: 1000
            max_size: 10000
        retry_on_failure:
          enabled: true
          initial_interval: 10s
          randomization_factor: 0.7
          multiplier: 1.3
          max_interval: 60s
          max_elapsed_time: 10m
        auth:
        headers:
          "can-you-have-a-.-here": "F0000000-0000-0000-0000-000000000000"
          header1: "234"
        keepalive:
          time: 20s
          timeout: 30s
          permit_without_stream: true
        balancer_name: "round_robin"
        """
            .replace("auth:\n", "");
    assertEquals("", Samples.problems(new OtlpGrpcExporterFactory(), yaml));
  }

  @Test
  void httpWaitsLongerThanGrpc() {
    assertEquals(
        Duration.ofSeconds(30),
        Samples.plan(new OtlpHttpExporterFactory(), "endpoint: http://x").sender().timeout());
    assertEquals(
        Duration.ofSeconds(5),
        Samples.plan(new OtlpGrpcExporterFactory(), "endpoint: x:1").sender().timeout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | endpoint: is required",
        "traces_endpoint: tempo | expected a URL",
        "{endpoint: 'http://x', encoding: xml} | must be one of proto, json",
        "{endpoint: 'http://x', endpiont: y} | unknown key",
      })
  void refusesABrokenHttpExporter(String yaml, String expected) {
    String problems = Samples.problems(new OtlpHttpExporterFactory(), yaml);
    assertTrue(problems.contains(expected), problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | endpoint: is required",
        "endpoint: tempo | needs a host and a port",
        "endpoint: 'tempo:' | needs a host and a port",
        "endpoint: 'tempo:99999' | needs a host and a port",
        "endpoint: '::1:4317' | needs a host and a port",
        "endpoint: 'tempo:4317/v1' | needs a host and a port",
        "endpoint: 'unix:///run/otlp.sock' | the scheme unix:// is not supported",
        "{endpoint: 'x:1', compression: deflate} | must be one of",
        "{endpoint: 'x:1', balancer_name: random} | must be one of",
        "{endpoint: 'x:1', headers: {trace-bin: x}} | binary metadata",
        "{endpoint: 'x:1', headers: {a$b: x}} | cannot be the name of gRPC metadata",
        "{endpoint: 'x:1', keepalive: {time: 5s}} | at most every 10s",
        "{endpoint: 'x:1', tls: {ca_pem: junk}} | ca: ",
        "{endpoint: 'x:1', auth: {authenticator: ''}} | is required",
        "{endpoint: 'http://x:1'} | does not switch TLS off",
      })
  void refusesABrokenGrpcExporter(String yaml, String expected) {
    String problems = Samples.problems(new OtlpGrpcExporterFactory(), yaml);
    assertTrue(problems.contains(expected), problems);
  }

  @Test
  void takesAnIpv6Address() {
    assertEquals("", Samples.problems(new OtlpGrpcExporterFactory(), "endpoint: '[::1]:4317'"));
  }
}
