package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Config;
import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpClientSettingsTest {
  @Test
  void readsTheCollectorsKeys() {
    Problems problems = new Problems();
    HttpClientSettings settings =
        read(
            """
            endpoint: https://tempo.example/otlp
            headers: {Authorization: Basic abc}
            compression: zstd
            compression_params: {level: 7}
            tls: {insecure_skip_verify: true}
            proxy_url: http://proxy.example:3128
            max_idle_conns: 10
            max_idle_conns_per_host: 4
            idle_conn_timeout: 30s
            disable_keep_alives: true
            force_attempt_http2: false
            """,
            problems);
    assertEquals("", problems.format());
    assertEquals("https://tempo.example/otlp", settings.endpoint());
    assertEquals("Basic abc", settings.headers().get("authorization"));
    assertEquals(Compression.ZSTD, settings.compression());
    assertEquals(7, settings.compressionLevel());
    assertTrue(settings.tls().skipVerify());
    assertEquals("http://proxy.example:3128", settings.proxy());
    assertEquals(4, settings.idleConnectionsMax());
    assertEquals(Duration.ofSeconds(30), settings.idleTimeout());
    assertFalse(settings.keepAlive());
    assertFalse(settings.http2());
  }

  @Test
  void anEmptySectionHasTheDefaults() {
    Problems problems = new Problems();
    assertEquals(HttpClientSettings.DEFAULTS, read("{}", problems));
    assertEquals("", problems.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoint: tempo:4318 | expected a URL",
        "endpoint: http://tempo:99999 | expected a URL",
        "proxy_url: socks5://proxy | expected a URL",
        "compression: brotli | must be one of",
        "compression: lz4 | lz4 is not supported",
        "{compression: gzip, compression_params: {level: 12}} | must be from -2 to 9",
        "{compression: snappy, compression_params: {level: 1}} | compression snappy has no levels",
        "auth: {authenticator: ''} | is required",
        "cookies: {} | cookies are not supported",
        "'headers: {\"bad name\": x}' | cannot be the name of a header",
        "'headers: {X-Name: \"line\\nbreak\"}' | other than ASCII",
        "tls: {ca_pem: junk} | ca: ",
        "tls: {ca_file: /nowhere/ca.pem} | does not exist",
        "compresion: gzip | compression",
      })
  void refusesWhatCannotBe(String yaml, String expected) {
    Problems problems = new Problems();
    read(yaml, problems);
    assertTrue(problems.hasErrors());
    assertTrue(problems.format().contains(expected), problems.format());
    assertFalse(problems.format().contains("line\nbreak"), "shows a secret");
  }

  @Test
  void warnsOfWhatHasNoEffect() {
    Problems problems = new Problems();
    read("{read_buffer_size: 123, max_conns_per_host: 5}", problems);
    assertFalse(problems.hasErrors());
    assertEquals(2, problems.warnings().size());
  }

  @Test
  void takesTheHostNamesOfCompose() {
    Problems problems = new Problems();
    String url = "http://my_tempo:4318";
    assertEquals(url, read("endpoint: " + url, problems).endpoint());
    assertFalse(problems.hasErrors());
  }

  @Test
  void neverPrintsTheValuesOfHeaders() {
    HttpClientSettings settings =
        HttpClientSettings.DEFAULTS.withHeaders(Map.of("Authorization", "secret"));
    assertFalse(settings.toString().contains("secret"));
  }

  private static HttpClientSettings read(String yaml, Problems problems) {
    Config config = Sections.config(yaml, problems, Map.of());
    HttpClientSettings settings =
        HttpClientSettings.read(config.root(), HttpClientSettings.DEFAULTS);
    config.reportUnknownKeys();
    return settings;
  }
}
