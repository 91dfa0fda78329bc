package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsConfigTest {
  private final Problems problems = new Problems();
  @TempDir Path folder;

  @Test
  void withoutKeysAClientTrustsTheSystemsAuthorities() {
    TlsClientConfig tls = TlsClientConfig.read(Sections.of("", problems));

    assertFalse(tls.insecure());
    assertFalse(tls.skipVerify());
    assertNull(tls.material().ca());
    assertNull(tls.material().certificate());
    assertEquals(List.of("TLSv1.2", "TLSv1.3"), tls.material().versions());
    assertEquals("", problems.format());
  }

  @Test
  void readsEveryKeyOfAClient() throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "CA");
    Section section =
        Sections.of(
            """
            insecure: false
            insecure_skip_verify: true
            server_name_override: tempo
            ca_file: %s
            cert_pem: CERT
            key_pem: KEY
            include_system_ca_certs_pool: true
            min_version: "1.3"
            max_version: "1.3"
            cipher_suites: [TLS_AES_128_GCM_SHA256]
            reload_interval: 1h
            """
                .formatted(ca),
            problems);
    TlsClientConfig tls = TlsClientConfig.read(section);
    section.reportUnknownKeys();

    assertEquals("", problems.format());
    assertTrue(tls.skipVerify());
    assertEquals("tempo", tls.serverName());
    TlsMaterial material = tls.material();
    assertEquals("CA", material.ca() == null ? "" : material.ca().pem());
    assertEquals("CERT", material.certificate() == null ? "" : material.certificate().pem());
    assertTrue(material.includeSystemCas());
    assertEquals(List.of("TLSv1.3"), material.versions());
    assertEquals(List.of("TLS_AES_128_GCM_SHA256"), material.cipherSuites());
    assertEquals(Duration.ofHours(1), material.reloadInterval());
    assertFalse(tls.toString().contains("KEY"));
  }

  @Test
  void aKeyInTheConfigurationIsNotPrinted() {
    Config config =
        Sections.config("ca_pem: AAA\nkey_pem: BBB\ncert_pem: CCC\n", problems, Map.of());
    TlsClientConfig.read(config.root());

    assertFalse(config.redacted().contains("BBB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ca_file: /none/ca|test.yaml:1:1: ca_file: file \"/none/ca\" does not exist",
        "ca_file: /|test.yaml:1:1: ca_file: file \"/\" cannot be read by this user",
        "cert_pem: x|test.yaml:1:1: a certificate and its key belong together; key_file is missing",
        "key_pem: x|test.yaml:1:1: a certificate and its key belong together; cert_file is missing",
        "min_version: '1.4'|test.yaml:1:14: min_version: must be one of 1.0, 1.1, 1.2, 1.3,"
            + " got \"1.4\"; did you mean \"1.0\"?",
        "{min_version: '1.3', max_version: '1.2'}|test.yaml:1:2: min_version: is greater than max_version",
        "max_version: '1.1'|test.yaml:1:1: min_version: is greater than max_version",
        "min_version: '1.0'|test.yaml:1:1: warning: min_version: Java speaks TLS 1.2 and 1.3 only;"
            + " 1.2 is the lowest used",
        "tpm: {enabled: true}|test.yaml:1:1: tpm: keys in a trusted platform module are not"
            + " supported; use key_file",
        "{insecure_skip_verify: maybe}|test.yaml:1:24: insecure_skip_verify: expected true or false,"
            + " got the string \"maybe\"",
      })
  void saysWhatIsWrong(String yaml, String message) {
    TlsClientConfig.read(Sections.of(yaml, problems));

    assertEquals(message, problems.format().lines().findFirst().orElse(""));
  }

  @Test
  void aFileAndATextForTheSameAreTooMuch() throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "CA");
    TlsClientConfig.read(Sections.of("ca_file: " + ca + "\nca_pem: CA\n", problems));

    assertEquals(
        "test.yaml:2:1: ca_pem: give either ca_file or ca_pem, not both", problems.format());
  }

  @Test
  void aServerNeedsACertificate() {
    TlsServerConfig.read(Sections.of("tls:\n", problems).section("tls"));

    assertEquals(
        "test.yaml:1:1: tls: a server needs a certificate and its key: cert_file and key_file",
        problems.format());
  }

  @Test
  void aServerMayAskForTheCertificatesOfItsClients() throws IOException {
    Path ca = Files.writeString(folder.resolve("clients.pem"), "CA");
    TlsServerConfig tls =
        TlsServerConfig.read(
            Sections.of(
                "cert_pem: C\nkey_pem: K\nclient_ca_file: %s\nclient_ca_file_reload: true\n"
                    .formatted(ca),
                problems));

    assertEquals(ca, tls.clientCa());
    assertTrue(tls.clientCaReload());
    assertEquals("", problems.format());
  }
}
