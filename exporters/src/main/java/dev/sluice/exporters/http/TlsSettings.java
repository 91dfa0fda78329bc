package dev.sluice.exporters.http;

import java.util.List;

/**
 * The client side of TLS: the Collector's {@code configtls} client keys. Empty strings are not set.
 *
 * @param insecure for gRPC: no TLS at all; HTTP goes by the URL's scheme
 * @param insecureSkipVerify TLS, but whoever answers is believed
 * @param serverName the name to ask for and to verify, in place of the URL's host
 * @param systemCas whether the system's authorities are trusted in addition to those given
 * @param minVersion "1.2" or "1.3"
 * @param maxVersion "1.2" or "1.3"
 * @param cipherSuites JSSE names to choose from; empty for the defaults
 */
public record TlsSettings(
    boolean insecure,
    boolean insecureSkipVerify,
    String serverName,
    Pem ca,
    Pem certificate,
    Pem key,
    boolean systemCas,
    String minVersion,
    String maxVersion,
    List<String> cipherSuites) {
  public static final TlsSettings DEFAULTS =
      new TlsSettings(
          false, false, "", Pem.NONE, Pem.NONE, Pem.NONE, false, "1.2", "1.3", List.of());

  /**
   * PEM text, in a file or as it stands.
   *
   * @param file a path, or empty
   * @param text used when {@code file} is empty; never printed
   */
  public record Pem(String file, String text) {
    public static final Pem NONE = new Pem("", "");

    public static Pem file(String path) {
      return new Pem(path, "");
    }

    public static Pem text(String pem) {
      return new Pem("", pem);
    }

    public boolean isSet() {
      return !file.isEmpty() || !text.isEmpty();
    }

    @Override
    public String toString() {
      return file.isEmpty() ? "(inline)" : file;
    }
  }
}
