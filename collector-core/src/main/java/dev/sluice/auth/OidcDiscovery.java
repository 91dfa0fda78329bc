package dev.sluice.auth;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer where its keys are, and for them (OpenID Connect Discovery 1.0). Each question
 * takes at most {@value #TIMEOUT_MILLIS} ms to connect and to read, and {@value #BYTES_MAX} bytes.
 */
final class OidcDiscovery {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BYTES_MAX = 1 << 20;

  private final String issuer;
  private final DefaultResourceRetriever retriever;

  /**
   * @param sockets that trust the issuer's own authority; null for the system's
   */
  OidcDiscovery(String issuer, @Nullable SSLSocketFactory sockets) {
    this.issuer = issuer;
    retriever =
        new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, BYTES_MAX, true, sockets);
  }

  /** The issuer's JWK set. Blocks. */
  String keys() throws IOException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      var found = JSONObjectUtils.parse(get(base + "/.well-known/openid-configuration"));
      if (!issuer.equals(JSONObjectUtils.getString(found, "issuer"))) {
        throw new IOException("it calls itself by another name than issuer_url");
      }
      return get(JSONObjectUtils.getString(found, "jwks_uri"));
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("its configuration is not as it should be: " + e.getMessage(), e);
    }
  }

  private String get(@Nullable String url) throws IOException {
    if (url == null) {
      throw new IOException("it does not tell where its keys are");
    }
    return retriever.retrieveResource(URI.create(url).toURL()).getContent();
  }
}
