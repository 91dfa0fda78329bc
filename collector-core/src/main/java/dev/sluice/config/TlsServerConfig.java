package dev.sluice.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tls:} of whatever accepts connections, with the Collector's keys and defaults.
 *
 * @param clientCa the authorities that clients' certificates must come from; null when clients need
 *     none
 * @param clientCaReload whether that file is read again when it changes
 */
public record TlsServerConfig(
    TlsMaterial material, @Nullable Path clientCa, boolean clientCaReload) {

  /** Reads the map under {@code tls}; a certificate and its key must be there. */
  public static TlsServerConfig read(Section section) {
    TlsMaterial material = TlsMaterial.read(section);
    if (material.certificate() == null && material.key() == null) {
      section.problem("a server needs a certificate and its key: cert_file and key_file");
    }
    return new TlsServerConfig(
        material,
        TlsMaterial.readableFile(section, "client_ca_file"),
        section.bool("client_ca_file_reload", false));
  }
}
