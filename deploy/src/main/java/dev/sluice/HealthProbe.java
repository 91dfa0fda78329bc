package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Asks a running Sluice how it is, for containers without a shell. One thread; blocks for seconds
 * at most.
 */
final class HealthProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final String NO_ENDPOINT =
      "the configuration has no health_check extension among service::extensions; add it, or give"
          + " --endpoint";

  private final Host host;

  HealthProbe(Host host) {
    this.host = host;
  }

  /**
   * Asks; returns the exit code.
   *
   * @param address host, port and path, with or without a scheme; empty when it is not known
   * @param ready whether to ask for readiness
   */
  int ask(String address, boolean ready) {
    if (address.isEmpty()) {
      return failed(NO_ENDPOINT);
    }
    String url = address.contains("://") ? address : "http://" + address;
    try {
      return ask(ready ? URI.create(url).resolve("/ready") : URI.create(url), ready);
    } catch (IllegalArgumentException | IOException e) {
      return failed(url + ": " + e.getMessage());
    }
  }

  private int ask(URI uri, boolean ready) throws IOException {
    if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
      return failed(uri + ": not an address of a health page");
    }
    if (connection instanceof HttpsURLConnection secure) {
      trustOurselves(secure);
    }
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try {
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_UNAUTHORIZED && !ready) {
        // Somebody is there to refuse us: that is life, and a probe has no credentials.
        host.out().println("alive; the page wants credentials");
        return Main.OK;
      }
      if (status != HttpURLConnection.HTTP_OK) {
        return failed(uri + ": answered " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        host.out().print(new String(body.readNBytes(BODY_BYTES_MAX), UTF_8));
      }
      return Main.OK;
    } finally {
      connection.disconnect();
    }
  }

  /** The probe sends no secret, and the certificate need not be for loopback. */
  private static void trustOurselves(HttpsURLConnection connection) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {TlsIdentity.trustingEveryone()}, null);
      connection.setSSLSocketFactory(context.getSocketFactory());
      connection.setHostnameVerifier((_, _) -> true);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up", e);
    }
  }

  private int failed(String reason) {
    host.err().println("unhealthy: " + reason);
    return Main.FAILED;
  }
}
