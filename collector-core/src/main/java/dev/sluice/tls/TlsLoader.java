package dev.sluice.tls;

import dev.sluice.config.PemSource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes key and trust managers of PEM text. Stateless. What is wrong is an {@link
 * IllegalArgumentException} whose message names the key of the configuration.
 */
final class TlsLoader {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsLoader() {}

  /** What a PEM source holds; empty for none. */
  static String text(String name, @Nullable PemSource pem) {
    try {
      return pem == null ? "" : pem.pem();
    } catch (IOException e) {
      throw new IllegalArgumentException(name + "_file: cannot be read: " + e, e);
    }
  }

  /**
   * Trusts the authorities in a PEM text.
   *
   * @param system whether those of the system are trusted beside them
   */
  static X509ExtendedTrustManager trust(String name, String pem, boolean system) {
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (X509Certificate ca : Pems.certificates(name, pem)) {
        store.setCertificateEntry("ca-" + number++, ca);
      }
      if (system) {
        for (X509Certificate ca : systemTrust().getAcceptedIssuers()) {
          store.setCertificateEntry("system-" + number++, ca);
        }
      }
      return trust(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Trusts the system's authorities. */
  static X509ExtendedTrustManager systemTrust() {
    return trust(null);
  }

  /** The first certificate of a PEM text. */
  static X509Certificate certificate(String pem) {
    return Pems.certificates("cert", pem).getFirst();
  }

  /** A chain and its key, which must belong together, under an alias of their own. */
  static X509ExtendedKeyManager keys(String alias, String chainPem, String keyPem) {
    List<X509Certificate> chain = Pems.certificates("cert", chainPem);
    PrivateKey secret = Pems.privateKey("key", keyPem);
    try {
      if (!Pems.belongTogether(chain.getFirst().getPublicKey(), secret)) {
        throw new IllegalArgumentException("cert and key do not belong together");
      }
      KeyStore store = emptyStore();
      store.setKeyEntry(alias, secret, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      for (KeyManager manager : factory.getKeyManagers()) {
        if (manager instanceof X509ExtendedKeyManager keys) {
          return keys;
        }
      }
      throw new IllegalArgumentException("this Java has no X.509 key manager");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cert and key: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager trust(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager trust) {
          return trust;
        }
      }
      throw new IllegalArgumentException("this Java has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the system's authorities: " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
