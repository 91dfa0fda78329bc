package dev.sluice.tls;

import dev.sluice.config.PemSource;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsMaterial;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.security.Digest;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code tls} section names: a certificate with its key, and authorities.
 *
 * @param authorities whom to trust; null for the system's
 * @param authoritiesName the key that names them, without {@code _file}
 * @param reloadAuthorities whether they are read again
 * @param wanted whether anybody is trusted or distrusted at all; a server without {@code
 *     client_ca_file} asks for no certificates
 */
record TlsFiles(
    TlsMaterial material,
    @Nullable PemSource authorities,
    String authoritiesName,
    boolean reloadAuthorities,
    boolean wanted,
    boolean skipVerify) {

  static TlsFiles of(TlsServerConfig config) {
    Path clientCa = config.clientCa();
    return new TlsFiles(
        config.material(),
        clientCa == null ? null : new PemSource.File(clientCa),
        "client_ca",
        config.clientCaReload(),
        clientCa != null,
        false);
  }

  static TlsFiles of(TlsClientConfig config) {
    return new TlsFiles(
        config.material(), config.material().ca(), "ca", true, true, config.skipVerify());
  }

  /** What the files hold now. */
  Read read() {
    return new Read(
        TlsLoader.text("cert", material.certificate()),
        TlsLoader.text("key", material.key()),
        TlsLoader.text(authoritiesName, authorities));
  }

  /**
   * Makes managers of what was read.
   *
   * @param alias of the certificate, different each time
   * @throws IllegalArgumentException that names the key, when it cannot be used
   */
  Loaded load(Read read, String alias) {
    boolean own = !read.chain.isEmpty();
    return new Loaded(
        own ? TlsLoader.keys(alias, read.chain, read.key) : null,
        own ? TlsLoader.certificate(read.chain) : null,
        trust(read));
  }

  /** The paths of the files, for messages; empty when all is in the configuration. */
  List<String> paths() {
    return java.util.stream.Stream.of(material.certificate(), material.key(), authorities)
        .filter(PemSource.File.class::isInstance)
        .map(source -> ((PemSource.File) source).path().toString())
        .toList();
  }

  private @Nullable X509ExtendedTrustManager trust(Read read) {
    if (!wanted) {
      return null;
    }
    if (skipVerify) {
      return new TrustEveryone();
    }
    return authorities == null
        ? TlsLoader.systemTrust()
        : TlsLoader.trust(authoritiesName, read.authorities, material.includeSystemCas());
  }

  /** PEM texts; empty for what is not configured. */
  record Read(String chain, String key, String authorities) {
    Digest digest() {
      return Digest.of(chain + '\0' + key + '\0' + authorities);
    }

    /** With other authorities. */
    Read withAuthorities(String other) {
      return new Read(chain, key, other);
    }

    /** Nothing: there is a private key among it. */
    @Override
    public String toString() {
      return "Read";
    }
  }

  /** The managers, and the first certificate of the chain. */
  record Loaded(
      @Nullable X509ExtendedKeyManager keys,
      @Nullable X509Certificate certificate,
      @Nullable X509ExtendedTrustManager trust) {}
}
