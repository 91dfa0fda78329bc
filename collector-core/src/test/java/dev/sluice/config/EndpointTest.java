package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  private static final Endpoint FALLBACK = new Endpoint("localhost", 1);
  private final Problems problems = new Problems();

  @ParameterizedTest
  @CsvSource({
    "localhost:4317, localhost, 4317",
    ":4317, '', 4317",
    "0.0.0.0:4317, 0.0.0.0, 4317",
    "'[::1]:4317', ::1, 4317",
    "'[::]:0', ::, 0",
    "localhost:65535, localhost, 65535"
  })
  void readsWhereToListen(String text, String host, int port) {
    assertEquals(new Endpoint(host, port), listening(text));
    assertEquals("", problems.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost|has no port: \"localhost\"; write \"localhost:4317\"",
        "[::1]|has no port: \"[::1]\"; write \"[::1]:4317\"",
        "::1:4317|an IPv6 address is put in brackets, \"[::1]:4317\"; got \"::1:4317\"",
        "localhost:|the port must be from 0 to 65535, got \"\"",
        "localhost:65536|the port must be from 0 to 65535, got \"65536\"",
        "localhost:99999999999|the port must be from 0 to 65535, got \"99999999999\"",
        "localhost:-1|the port must be from 0 to 65535, got \"-1\"",
        "localhost:http|the port must be from 0 to 65535, got \"http\"",
        "http://localhost:4318|expected host:port without a scheme, got \"http://localhost:4318\";"
            + " write \"localhost:4318\"",
      })
  void saysWhatIsWrongWithWhereToListen(String text, String message) {
    assertEquals(FALLBACK, listening(text));
    assertEquals("test.yaml:1:1: endpoint: " + message, problems.format());
  }

  @Test
  void listensAtTheFallbackWhenNothingIsGiven() {
    assertEquals(FALLBACK, Endpoint.listening(Sections.of("", problems), "endpoint", FALLBACK));
  }

  @ParameterizedTest
  @CsvSource({
    "tempo:4317, '', tempo, 4317, tempo:4317",
    "http://tempo:4317, http, tempo, 4317, http://tempo:4317",
    "https://tempo:4317/, https, tempo, 4317, https://tempo:4317",
    "'http://[::1]:4317', http, ::1, 4317, 'http://[::1]:4317'"
  })
  void readsWhomToConnectTo(String text, String scheme, String host, int port, String written) {
    Endpoint endpoint = Endpoint.connecting(section(text), "endpoint");

    assertEquals(new Endpoint(scheme, host, port), endpoint);
    assertEquals(written, String.valueOf(endpoint));
    assertEquals("", problems.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tempo|has no port: \"tempo\"; write \"tempo:4317\"",
        "tempo:0|the port must be from 1 to 65535, got \"0\"",
        ":4317|has no host: \":4317\"",
        "dns:///tempo:4317|expected host:port, http:// or https://, got \"dns:///tempo:4317\"",
        "''|is required"
      })
  void saysWhatIsWrongWithWhomToConnectTo(String text, String message) {
    assertNull(Endpoint.connecting(section(text), "endpoint"));
    assertEquals("test.yaml:1:1: endpoint: " + message, problems.format());
  }

  @ParameterizedTest
  @CsvSource({"http://loki:3100/loki/api/v1/push", "https://x", "'http://[::1]:9090/w?a=b'"})
  void readsUrls(String text) {
    assertEquals(text, String.valueOf(Endpoint.url(section(text), "endpoint")));
    assertEquals("", problems.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loki:3100|; write \"http://loki:3100\"",
        "ftp://loki|''",
        "http://|''",
        "http://a b|''",
        "http://:80|''"
      })
  void saysWhatIsWrongWithAUrl(String text, String hint) {
    assertNull(Endpoint.url(section(text), "endpoint"));
    assertEquals(
        "test.yaml:1:1: endpoint: expected a URL with http:// or https://, got \""
            + text
            + "\""
            + hint.replace("''", ""),
        problems.format());
  }

  private Endpoint listening(String text) {
    return Endpoint.listening(section(text), "endpoint", FALLBACK);
  }

  private Section section(String text) {
    return Sections.of("endpoint: \"" + text + "\"", problems);
  }
}
