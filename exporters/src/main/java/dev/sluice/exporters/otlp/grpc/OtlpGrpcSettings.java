package dev.sluice.exporters.otlp.grpc;

import dev.sluice.config.ComponentId;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.exporters.http.Compression;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the Collector's {@code otlp_grpc} exporter.
 *
 * @param target {@code host:port}
 * @param plaintext whether there is no TLS
 * @param compression none, gzip, zstd or, meaning its framed format, snappy
 * @param headers metadata of every call; the values may be secrets and are never printed
 * @param authority the {@code :authority} to send; empty for the target's
 * @param userAgent empty for our own
 * @param keepalive null for none
 * @param authenticator who gives the credentials of each call; null for none
 */
record OtlpGrpcSettings(
    String target,
    boolean plaintext,
    TlsClientConfig tls,
    Compression compression,
    Map<String, String> headers,
    boolean waitForReady,
    String balancer,
    String authority,
    String userAgent,
    @Nullable Keepalive keepalive,
    @Nullable ComponentId authenticator) {
  /** How often an idle connection is asked whether it lives. */
  record Keepalive(Duration time, Duration timeout, boolean permitWithoutStream) {}

  /** Names the headers and leaves out their values. */
  @Override
  public String toString() {
    return "OtlpGrpcSettings[target=" + target + ", headers=" + headers.keySet() + "]";
  }
}
