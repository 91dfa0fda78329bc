package dev.sluice.exporters.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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
 * @param protocols the JSSE names of the versions that may be spoken
 */
public record TlsMaterial(X509TrustManager trust, List<KeyManager> keys, List<String> protocols) {
  private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3");
  private static final char[] NO_PASSWORD = new char[0];

  /**
   * Reads what the settings name. Blocks on files.
   *
   * @throws IllegalArgumentException with a message that names the key and what is wrong with it
   */
  public static TlsMaterial load(TlsSettings settings) {
    return new TlsMaterial(trust(settings), keys(settings), protocols(settings));
  }

  private static X509TrustManager trust(TlsSettings settings) {
    if (settings.insecureSkipVerify()) {
      return new TrustEveryone();
    }
    if (!settings.ca().isSet()) {
      return trust((KeyStore) null);
    }
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (X509Certificate ca : Pems.certificates("ca", text("ca", settings.ca()))) {
        store.setCertificateEntry("ca-" + number++, ca);
      }
      if (settings.systemCas()) {
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

  private static List<KeyManager> keys(TlsSettings settings) {
    if (!settings.certificate().isSet() && !settings.key().isSet()) {
      return List.of();
    }
    if (!settings.certificate().isSet() || !settings.key().isSet()) {
      throw new IllegalArgumentException("cert and key: one is given without the other");
    }
    List<X509Certificate> chain = Pems.certificates("cert", text("cert", settings.certificate()));
    PrivateKey key = Pems.privateKey("key", text("key", settings.key()));
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return List.of(factory.getKeyManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cert and key: " + e.getMessage(), e);
    }
  }

  /** Versions before 1.2 may be named, as in the Collector, and are not spoken: Java has none. */
  private static List<String> protocols(TlsSettings settings) {
    List<String> protocols = new ArrayList<>();
    for (String version : List.of("1.2", "1.3")) {
      int rank = VERSIONS.indexOf(version);
      if (rank >= VERSIONS.indexOf(settings.minVersion())
          && rank <= VERSIONS.indexOf(settings.maxVersion())) {
        protocols.add("TLSv" + version);
      }
    }
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException(
          "min_version %s and max_version %s leave no version to speak; 1.2 and 1.3 are supported"
              .formatted(settings.minVersion(), settings.maxVersion()));
    }
    return List.copyOf(protocols);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static String text(String name, TlsSettings.Pem pem) {
    if (pem.file().isEmpty()) {
      return pem.text();
    }
    try {
      return Files.readString(Path.of(pem.file()));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          name + "_file: cannot read " + pem.file() + ": " + e.getClass().getSimpleName(), e);
    }
  }
}
