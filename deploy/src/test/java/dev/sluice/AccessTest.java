package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Endpoint;
import dev.sluice.pages.PageServer;
import dev.sluice.tls.Certificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in where: the pages, the defaults, and what validate says of references. */
@Timeout(120)
class AccessTest {
  private static final String PAGES =
      """
      receivers: {otlp: {protocols: {grpc: , http: }}}
      exporters:
        recent:
          auth: {authenticator: bearertokenauth}
      extensions:
        health_check:
        bearertokenauth: {token: open-sesame}
      service:
        telemetry:
          metrics:
            tls: {cert_file: %s, key_file: %s, client_ca_file: %s}
        pipelines:
          traces: {receivers: [otlp], exporters: [recent]}
      """;
  private static final String EXTENSIONS =
      "--set=service.extensions=[health_check, bearertokenauth]";

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sluice.yaml"), yaml);
  }

  @Test
  void pagesAskForCredentialsAndCertificates() throws Exception {
    Path file =
        file(
            PAGES.formatted(
                Certificates.path("server.pem"),
                Certificates.path("server.key"),
                Certificates.path("authority.pem")));
    try (RunningSluice sluice =
            RunningSluice.start("--config=" + file, EXTENSIONS, RunningSluice.RECENT);
        HttpClient client = HttpClient.newHttpClient()) {
      String recent = "http://127.0.0.1:" + sluice.recent + "/api/recent/traces";
      HttpResponse<String> stranger = get(client, recent, "Bearer open");
      assertEquals(401, stranger.statusCode());
      assertEquals("Bearer", stranger.headers().firstValue("WWW-Authenticate").orElse(""));
      assertEquals(200, get(client, recent, "Bearer open-sesame").statusCode());

      assertThrows(IOException.class, () -> sluice.get(sluice.metrics, "/metrics"));
      String metrics = "https://localhost:" + sluice.metrics + "/metrics";
      try (HttpClient nameless = secure(Certificates.client());
          HttpClient named = secure(Certificates.server("client.pem", "client.key"))) {
        assertThrows(IOException.class, () -> get(nameless, metrics, "none"));
        HttpResponse<String> answer = get(named, metrics, "none");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("sluice_tls_certificate_expiry_seconds"), answer.body());
      }
    }
  }

  private static HttpClient secure(SSLContext context) {
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, String url, String credentials)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", credentials).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aProtectedHealthPageStillTellsAProbeThatSomebodyLives() throws Exception {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: , http: }}}
        exporters: {nop: }
        extensions:
          health_check:
          health_check/guarded:
            endpoint: localhost:%d
            tls: {cert_file: %s, key_file: %s}
            auth: {authenticator: basicauth}
          basicauth: {htpasswd: {inline: 'me:secret'}}
        service:
          pipelines:
            traces: {receivers: [otlp], exporters: [nop]}
        """;
    int port = FreePorts.find(1).getFirst();
    Path file =
        file(
            yaml.formatted(port, Certificates.path("server.pem"), Certificates.path("server.key")));
    String extensions = "--set=service.extensions=[health_check/guarded, health_check, basicauth]";
    try (RunningSluice sluice = RunningSluice.start("--config=" + file, extensions)) {
      TestHost probe = new TestHost();
      assertEquals(0, probe.run("health", "--config=" + file, extensions), probe::err);
      assertTrue(probe.out().contains("alive"), probe::out);
      assertEquals(1, new TestHost().run("health", "--ready", "--config=" + file, extensions));
      assertEquals(200, sluice.get(sluice.health, "/ready").statusCode());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bearertokenaut | did you mean \"bearertokenauth\"?",
        "basicauth/idle | is not listed in service::extensions; add it there",
        "basicauth/out | cannot let others in",
        "health_check | cannot let others in",
        "otlp | is not defined",
      })
  void referencesAreChecked(String authenticator, String said) throws IOException {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: {auth: {authenticator: %s}}}}}
        exporters: {otlp_http: {endpoint: http://x, auth: {authenticator: basicauth/in}}}
        extensions:
          health_check:
          bearertokenauth: {token: t}
          basicauth/idle: {htpasswd: {inline: 'a:b'}}
          basicauth/in: {htpasswd: {inline: 'a:b'}}
          basicauth/out: {client_auth: {username: a, password: b}}
        service:
          extensions: [health_check, bearertokenauth, basicauth/in, basicauth/out]
          pipelines:
            traces: {receivers: [otlp], exporters: [otlp_http]}
        """;
    TestHost host = new TestHost();
    assertEquals(1, host.run("validate", "--config=" + file(yaml.formatted(authenticator))));
    assertTrue(host.err().contains(said), host::err);
    assertTrue(host.err().contains("grpc::auth::authenticator"), host::err);
    assertTrue(host.err().contains("cannot show credentials to a backend"), host::err);
  }

  @Test
  void theCollectorsOtherSpellingsAreTaken() throws IOException {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: {auth: {authenticator: bearer_token_auth/a}}}}}
        exporters: {nop: }
        extensions: {bearer_token_auth/a: {token: t}}
        service:
          extensions: [bearer_token_auth/a]
          pipelines:
            traces: {receivers: [otlp], exporters: [nop]}
        """;
    TestHost host = new TestHost();
    assertEquals(0, host.run("validate", "--config=" + file(yaml)), host::err);
    assertTrue(!host.err().contains("deprecated"), host::err);
  }

  /** Outside a container; in one, the embedded configuration alone listens everywhere. */
  @Test
  void everyListenerIsOnLoopbackByDefault() throws IOException {
    String yaml =
        """
        receivers: {otlp: {protocols: {grpc: , http: }}}
        exporters: {recent: }
        extensions: {health_check: }
        service:
          extensions: [health_check]
          pipelines:
            traces: {receivers: [otlp], exporters: [recent]}
        """;
    assertListensOnLoopback("--config=" + file(yaml));
    assertListensOnLoopback();
  }

  private static void assertListensOnLoopback(String... sources) {
    Host host = new TestHost().host();
    Components components = new Components(host.out());
    List<String> locations =
        List.of(sources).stream().map(source -> source.substring("--config=".length())).toList();
    Configuration configuration =
        Configuration.load(
            host, new Command.Sources(locations, List.of()), components, TestHost.MEMORY);
    assertEquals(List.of(), configuration.problems().errors());
    Collector collector =
        new Wiring(
                host,
                components,
                configuration.blueprint(),
                TestHost.MEMORY,
                Journals.none(),
                "1",
                null)
            .build(null);
    for (String role : List.of("metrics", "health_check", "recent")) {
      PageServer page = collector.page(role);
      assertNotNull(page, role);
      assertEquals(new Endpoint("localhost", page.endpoint().port()), page.endpoint());
    }
    if (sources.length == 0) {
      String yaml = configuration.config().redacted();
      assertTrue(!yaml.contains("0.0.0.0"), yaml);
      assertEquals(4, yaml.split("localhost:", -1).length - 1, yaml);
    }
    collector.stop(Duration.ZERO);
  }
}
