package dev.sluice.exporters.http;

import dev.sluice.config.PemSource;
import dev.sluice.config.Section;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys and certificates of a TLS client, loaded: whom it trusts and who it is. Immutable.
 *
 * @param trust decides whether a server's certificate is believed
 * @param keys the client's own certificate and key; empty when it has none
 */
public record TlsIdentity(X509TrustManager trust, List<KeyManager> keys) {
  /** TLS as it is without a {@code tls} section: the system's authorities, no own certificate. */
  public static final TlsClientConfig DEFAULTS =
      new TlsClientConfig(
          false,
          false,
          "",
          new TlsMaterial(
              null, null, null, false, List.of("TLSv1.2", "TLSv1.3"), List.of(), Duration.ZERO));

  private static final char[] NO_PASSWORD = new char[0];

  /** Reads an exporter's {@code tls}, and makes sure that the files it names can be used. */
  public static TlsClientConfig read(Section exporter) {
    Section section = exporter.section("tls");
    TlsClientConfig config = TlsClientConfig.read(section);
    if (!config.material().reloadInterval().isZero()) {
      section.warning("reload_interval", "has no effect: certificates are read once, at the start");
    }
    if (config.material().namesFiles() && isWhole(config.material())) {
      try {
        load(config);
      } catch (IllegalArgumentException e) {
        section.problem(String.valueOf(e.getMessage()));
      }
    }
    return config;
  }

  /** Whether the files are there; when not, that is a problem already. */
  private static boolean isWhole(TlsMaterial material) {
    return isThere(material.ca()) && isThere(material.certificate()) && isThere(material.key());
  }

  private static boolean isThere(@Nullable PemSource pem) {
    return !(pem instanceof PemSource.File(Path path)) || !path.toString().isEmpty();
  }

  /**
   * Reads what the configuration names. Blocks on files.
   *
   * @throws IllegalArgumentException with a message that names the key and what is wrong with it
   */
  public static TlsIdentity load(TlsClientConfig config) {
    TlsMaterial material = config.material();
    return new TlsIdentity(
        config.skipVerify() ? new TrustEveryone() : trust(material),
        keys(material.certificate(), material.key()));
  }

  private static X509TrustManager trust(TlsMaterial material) {
    if (material.ca() == null) {
      return trust((KeyStore) null);
    }
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (X509Certificate ca : Pems.certificates("ca", text("ca", material.ca()))) {
        store.setCertificateEntry("ca-" + number++, ca);
      }
      if (material.includeSystemCas()) {
        for (X509Certificate ca : trust((KeyStore) null).getAcceptedIssuers()) {
          store.setCertificateEntry("system-" + number++, ca);
        }
      }
      return trust(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("ca: " + e.getMessage(), e);
    }
  }

  private static X509TrustManager trust(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trust) {
          return trust;
        }
      }
      throw new IllegalArgumentException("this Java has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the system's authorities: " + e.getMessage(), e);
    }
  }

  private static List<KeyManager> keys(@Nullable PemSource certificate, @Nullable PemSource key) {
    if (certificate == null || key == null) {
      return List.of();
    }
    List<X509Certificate> chain = Pems.certificates("cert", text("cert", certificate));
    PrivateKey secret = Pems.privateKey("key", text("key", key));
    try {
      if (!Pems.belongTogether(chain.getFirst().getPublicKey(), secret)) {
        throw new IllegalArgumentException("cert and key do not belong together");
      }
      KeyStore store = emptyStore();
      store.setKeyEntry("client", secret, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return List.of(factory.getKeyManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cert and key: " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static String text(String name, PemSource pem) {
    try {
      return pem.pem();
    } catch (IOException e) {
      throw new IllegalArgumentException(name + "_file: cannot be read: " + e, e);
    }
  }
}
