package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.pipeline.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part of reliability test 38: what one handshake gets while certificates change. */
class TlsIdentityTest {
  @TempDir Path folder;

  @Test
  void aHandshakeThatHasBegunGetsChainAndKeyOfOnePair() throws IOException {
    Path certificate = Files.writeString(folder.resolve("crt"), Certificates.text("server.pem"));
    Path key = Files.writeString(folder.resolve("key"), Certificates.text("server.key"));
    TlsIdentity identity =
        TlsIdentity.client(
            "test",
            Certificates.tls("{cert_file: %s, key_file: %s}".formatted(certificate, key)),
            new ManualClock());
    X509ExtendedKeyManager keys = identity.keys();
    assertNotNull(keys);
    String begun = keys.chooseServerAlias("EC", null, null);
    PrivateKey before = keys.getPrivateKey(begun);

    Certificates.replace(certificate, "renewed.pem");
    Certificates.replace(key, "renewed.key");
    identity.reload();
    assertEquals("CN=server", subject(keys, begun));
    assertEquals(before, keys.getPrivateKey(begun));
    assertEquals("CN=renewed", subject(keys, keys.chooseServerAlias("EC", null, null)));
  }

  private static String subject(X509ExtendedKeyManager keys, String alias) {
    return keys.getCertificateChain(alias)[0].getSubjectX500Principal().toString();
  }
}
