package dev.sluice.receivers.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a TLS server.
 *
 * @param clientCertificateAuthorities when present, clients must show a certificate signed by one
 */
public record Tls(
    Path certificateChain, Path privateKey, @Nullable Path clientCertificateAuthorities) {}
