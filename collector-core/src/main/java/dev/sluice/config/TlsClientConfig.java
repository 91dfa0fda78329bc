package dev.sluice.config;

/**
 * The {@code tls:} of whatever connects to a peer, with the Collector's keys and defaults.
 *
 * @param insecure whether no TLS is used at all
 * @param skipVerify whether any certificate of the peer is accepted
 * @param serverName the name to ask for and to verify instead of the host; empty for the host
 */
public record TlsClientConfig(
    boolean insecure, boolean skipVerify, String serverName, TlsMaterial material) {
  /** TLS as it is without keys: the system's authorities, no own certificate. */
  public static final TlsClientConfig DEFAULTS =
      new TlsClientConfig(false, false, "", TlsMaterial.trusting(null));

  /** Reads the map under {@code tls}; one without keys means TLS with the system's authorities. */
  public static TlsClientConfig read(Section section) {
    return new TlsClientConfig(
        section.bool("insecure", false),
        section.bool("insecure_skip_verify", false),
        section.string("server_name_override", ""),
        TlsMaterial.read(section));
  }
}
