package dev.sluice.exporters.http;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.config.TlsClientConfig;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The certificates of {@code src/test/resources/tls}. */
public final class Certificates {
  private Certificates() {}

  /** The path of a file. */
  public static String path(String name) {
    try {
      return Path.of(Certificates.class.getResource("/tls/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What the keys under {@code tls} are read to. */
  public static TlsClientConfig tls(String yaml) {
    Problems problems = new Problems();
    TlsClientConfig config = TlsClientConfig.read(Sections.of(yaml, problems));
    if (problems.hasErrors()) {
      throw new AssertionError(problems.format());
    }
    return config;
  }

  /** A server's context: its certificate and key, and clients of our authority. */
  public static SSLContext server(String certificate, String key) {
    TlsIdentity identity =
        TlsIdentity.load(
            tls(
                "{ca_file: %s, cert_file: %s, key_file: %s}"
                    .formatted(path("authority.pem"), path(certificate), path(key))));
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.keys().toArray(new KeyManager[0]), new TrustManager[] {identity.trust()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
