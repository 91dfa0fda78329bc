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
import org.jspecify.annotations.Nullable;

/** Reads a page of a running Sluice. One thread; blocks for seconds at most. */
final class PageClient {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BODY_BYTES_MAX = 4 << 20;

  private PageClient() {}

  /** What was answered. */
  record Answer(int status, String body) {}

  /** The address with a scheme. */
  static String url(String address) {
    return address.contains("://") ? address : "http://" + address;
  }

  /**
   * A GET.
   *
   * @throws IOException when there is no answer in time, or the address is not one of HTTP
   */
  static Answer get(URI uri) throws IOException {
    if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("not an address of a page");
    }
    if (connection instanceof HttpsURLConnection secure) {
      trustOurselves(secure);
    }
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try {
      int status = connection.getResponseCode();
      try (InputStream body = body(connection, status)) {
        return new Answer(
            status, body == null ? "" : new String(body.readNBytes(BODY_BYTES_MAX), UTF_8));
      }
    } finally {
      connection.disconnect();
    }
  }

  /** No secret is sent, and the certificate need not be for loopback. */
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

  private static @Nullable InputStream body(HttpURLConnection connection, int status)
      throws IOException {
    return status < HttpURLConnection.HTTP_BAD_REQUEST
        ? connection.getInputStream()
        : connection.getErrorStream();
  }
}
