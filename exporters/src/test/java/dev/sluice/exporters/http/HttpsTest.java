package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsTest {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();
  private static final String TRUSTED = "ca_file: " + Certificates.path("authority.pem") + "\n";

  @ParameterizedTest
  @ValueSource(strings = {"server.key", "server-sec1.key"})
  void believesWhomTheGivenAuthoritySigned(String key) {
    try (HttpBackend backend = backend("server.pem", key, false)) {
      assertEquals(200, answer(post(backend, TRUSTED)).status());
      assertEquals(200, answer(post(backend, TRUSTED + "min_version: '1.3'")).status());
      assertEquals(200, answer(post(backend, TRUSTED + "max_version: '1.2'")).status());
      assertEquals(
          200, answer(post(backend, TRUSTED + "include_system_ca_certs_pool: true")).status());
    }
  }

  @Test
  void takesAnAuthorityAsText() throws IOException {
    String pem = Files.readString(Path.of(Certificates.path("authority.pem")));
    String yaml = "ca_pem: |\n" + pem.indent(2);
    try (HttpBackend backend = backend("server.pem", "server.key", false)) {
      assertEquals(200, answer(post(backend, yaml)).status());
    }
  }

  @Test
  void holdsTheDataWhenTheCertificateIsNotTrusted() {
    try (HttpBackend backend = backend("server.pem", "server.key", false)) {
      String stranger = "ca_file: " + Certificates.path("stranger.pem");
      for (String yaml : new String[] {stranger, "{}"}) {
        String reason = held(post(backend, yaml));
        assertTrue(reason.contains("not trusted"), reason);
        assertTrue(reason.contains("tls::ca_file"), reason);
        assertTrue(reason.contains(backend.url("/")), reason);
      }
      assertEquals(0, backend.waiting());
    }
  }

  @Test
  void skipsTheVerificationWhenTold() {
    try (HttpBackend backend = backend("elsewhere.pem", "elsewhere.key", false)) {
      assertEquals(200, answer(post(backend, "insecure_skip_verify: true")).status());
    }
  }

  @Test
  void verifiesTheNameOfTheHost() {
    try (HttpBackend backend = backend("elsewhere.pem", "elsewhere.key", false)) {
      String reason = held(post(backend, TRUSTED));
      assertTrue(reason.contains("server_name_override"), reason);
      String named = TRUSTED + "server_name_override: elsewhere.example";
      assertEquals(200, answer(post(backend, named)).status());
      String misnamed = TRUSTED + "server_name_override: localhost";
      held(post(backend, misnamed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.key", "client-pkcs1.key"})
  void showsItsOwnCertificate(String key) {
    String own =
        "cert_file: %s\nkey_file: %s"
            .formatted(Certificates.path("client.pem"), Certificates.path(key));
    try (HttpBackend backend = backend("server.pem", "server.key", true)) {
      assertEquals(200, answer(post(backend, TRUSTED + own)).status());
    }
  }

  @Test
  void isNotLetInWithoutACertificate() {
    try (HttpBackend backend = backend("server.pem", "server.key", true)) {
      assertInstanceOf(HttpOutcome.Unanswered.class, post(backend, TRUSTED));
    }
  }

  @Test
  void saysThatThePortIsPlain() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(TRUSTED)) {
      String url = "https://127.0.0.1:" + backend.port() + "/";
      String reason = held(client.post(request(url), PATIENT));
      assertTrue(reason.contains("does not speak TLS"), reason);
    }
  }

  @Test
  void refusesWhatIsNoPem(@TempDir Path folder) throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
    String pair = "cert_file: %s\nkey_file: %s";
    String client = Certificates.path("client.pem");
    for (String yaml :
        new String[] {
          "ca_file: " + junk,
          pair.formatted(junk, Certificates.path("client.key")),
          pair.formatted(client, junk),
          pair.formatted(client, Certificates.path("server.key"))
        }) {
      assertThrows(IllegalArgumentException.class, () -> client(yaml).close(), yaml);
    }
  }

  private static HttpBackend backend(String certificate, String key, boolean clientAuth) {
    return HttpBackend.startTls(Certificates.server(certificate, key), clientAuth);
  }

  private static HttpOutcome post(HttpBackend backend, String yaml) {
    try (HttpClient client = client(yaml)) {
      HttpOutcome outcome = client.post(request(backend.url("/")), PATIENT);
      if (outcome instanceof HttpAnswer) {
        backend.take();
      }
      return outcome;
    }
  }

  private static HttpClient client(String yaml) {
    TlsClientConfig tls = Certificates.tls(yaml);
    return new HttpClient(
        HttpClientSettings.DEFAULTS.withTls(tls), "Test/1", Samples.context("test", Signal.TRACES));
  }

  private static HttpRequest request(String url) {
    return new HttpRequest(
        url, Map.of(), "text/plain", Compression.NONE, Body.of(new byte[] {1, 2, 3}));
  }

  private static HttpAnswer answer(HttpOutcome outcome) {
    return assertInstanceOf(HttpAnswer.class, outcome, () -> "" + outcome);
  }

  private static String held(HttpOutcome outcome) {
    var unanswered = assertInstanceOf(HttpOutcome.Unanswered.class, outcome);
    return assertInstanceOf(ExportResult.Hold.class, unanswered.result()).reason();
  }
}
