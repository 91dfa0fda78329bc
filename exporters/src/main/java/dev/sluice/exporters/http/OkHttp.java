package dev.sluice.exporters.http;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsMaterial;
import dev.sluice.tls.TlsIdentity;
import dev.sluice.tls.TlsParameters;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.tls.OkHostnameVerifier;
import org.jspecify.annotations.Nullable;

/** Builds OkHttp's client from settings. */
final class OkHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private OkHttp() {}

  /** For {@code http} only: Java's TLS and the system's authorities are not loaded. */
  static OkHttpClient plain(HttpClientSettings settings) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .cookieJar(CookieJar.NO_COOKIES)
            .socketFactory(new InterruptibleSockets())
            // Else connections are opened on other threads, which an interrupt does not reach.
            .fastFallback(false)
            // The call's own timeout bounds all of it.
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .protocols(protocols(settings))
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(pool(settings));
    proxy(builder, settings.proxy());
    return builder.build();
  }

  private static List<Protocol> protocols(HttpClientSettings settings) {
    return settings.http2()
        ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : List.of(Protocol.HTTP_1_1);
  }

  private static ConnectionPool pool(HttpClientSettings settings) {
    int idle = settings.keepAlive() ? settings.idleConnectionsMax() : 0;
    long idleMillis = Math.max(1, settings.idleTimeout().toMillis());
    return new ConnectionPool(idle, idleMillis, TimeUnit.MILLISECONDS);
  }

  private static void proxy(OkHttpClient.Builder builder, String proxy) {
    if (proxy.isEmpty()) {
      builder.proxy(Proxy.NO_PROXY);
      return;
    }
    HttpUrl url = HttpUrl.get(proxy);
    InetSocketAddress address = InetSocketAddress.createUnresolved(url.host(), url.port());
    builder.proxy(new Proxy(Proxy.Type.HTTP, address));
    String credentials = proxyCredentials(proxy);
    if (!credentials.isEmpty()) {
      builder.proxyAuthenticator((route, response) -> withCredentials(response, credentials));
    }
  }

  /** The value of {@code Proxy-Authorization}; empty when the proxy's URL names no user. */
  static String proxyCredentials(String proxy) {
    HttpUrl url = HttpUrl.parse(proxy);
    return url == null || url.username().isEmpty()
        ? ""
        : Credentials.basic(url.username(), url.password());
  }

  /** For tunnels, which OkHttp asks about beforehand; null gives up after one refusal. */
  private static @Nullable Request withCredentials(Response response, String credentials) {
    Request request = response.request();
    return request.header("Proxy-Authorization") == null
        ? request.newBuilder().header("Proxy-Authorization", credentials).build()
        : null;
  }

  /** The same with {@code https}, on the same pool. */
  static OkHttpClient secure(OkHttpClient plain, TlsClientConfig config, TlsIdentity identity) {
    OkHttpClient.Builder builder =
        plain
            .newBuilder()
            .sslSocketFactory(sockets(identity, config), Objects.requireNonNull(identity.trust()))
            .connectionSpecs(List.of(spec(config.material())));
    String serverName = config.serverName();
    if (config.skipVerify()) {
      builder.hostnameVerifier((host, session) -> true);
    } else if (!serverName.isEmpty()) {
      builder.hostnameVerifier(
          (host, session) -> OkHostnameVerifier.INSTANCE.verify(serverName, session));
    }
    return builder.build();
  }

  private static ConnectionSpec spec(TlsMaterial material) {
    ConnectionSpec.Builder spec =
        new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .tlsVersions(material.versions().toArray(new String[0]));
    List<String> suites = TlsParameters.cipherSuites(material);
    return suites.isEmpty()
        ? spec.build()
        : spec.cipherSuites(suites.toArray(new String[0])).build();
  }

  private static SSLSocketFactory sockets(TlsIdentity identity, TlsClientConfig config) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager keys = identity.keys();
      context.init(
          keys == null ? new KeyManager[0] : new KeyManager[] {keys},
          new TrustManager[] {identity.trust()},
          null);
      identity.forgetWhenReplaced(context.getClientSessionContext());
      SSLSocketFactory sockets = context.getSocketFactory();
      boolean asTheyAre = config.serverName().isEmpty() && config.material().curves().isEmpty();
      return asTheyAre ? sockets : new TlsSockets(sockets, config);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
