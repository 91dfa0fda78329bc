package dev.sluice.tls;

import dev.sluice.config.TlsMaterial;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.security.Security;
import java.io.IOException;

/**
 * What a listener needs for TLS.
 *
 * @param identity its certificate and, when it asks for those of clients, whom it trusts
 * @param material the protocol's settings
 */
public record TlsServer(TlsIdentity identity, TlsMaterial material) {
  /**
   * A client that resumes a session shows no certificate, so an expired or withdrawn one would go
   * on being good for as long.
   */
  public static final int MUTUAL_SESSION_SECONDS_MAX = 60;

  /**
   * Loads what the configuration names, to be read again from now on.
   *
   * @param name the keys of the section that has {@code tls}
   * @throws IOException that names the key and what is wrong with it
   */
  public static TlsServer load(
      String name, TlsServerConfig config, Security security, Meters meters, Clock clock)
      throws IOException {
    try {
      TlsIdentity identity = TlsIdentity.server(name, config, clock).watched(security, meters);
      return new TlsServer(identity, config.material());
    } catch (IllegalArgumentException e) {
      throw new IOException("tls: " + e.getMessage(), e);
    }
  }
}
