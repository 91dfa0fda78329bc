package dev.sluice.receivers.http;

import dev.sluice.tls.TlsIdentity;
import dev.sluice.tls.TlsParameters;
import dev.sluice.tls.TlsServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Netty's TLS of one listener, with the JDK's implementation. Thread-safe; what is read again later
 * is used by the next handshake.
 */
final class TlsContext {
  private static final long HANDSHAKE_SECONDS = 10;

  private final TlsServer tls;
  private final SslContext context;

  /**
   * @throws IOException when the settings cannot be used
   */
  TlsContext(TlsServer tls) throws IOException {
    this.tls = tls;
    TlsIdentity identity = tls.identity();
    X509ExtendedTrustManager clients = identity.trust();
    SslContextBuilder builder =
        SslContextBuilder.forServer(Objects.requireNonNull(identity.keys()))
            .sslProvider(SslProvider.JDK)
            .protocols(tls.material().versions());
    List<String> suites = TlsParameters.cipherSuites(tls.material());
    if (!suites.isEmpty()) {
      builder.ciphers(suites);
    }
    if (clients != null) {
      builder
          .trustManager(clients)
          .clientAuth(ClientAuth.REQUIRE)
          .sessionTimeout(TlsServer.MUTUAL_SESSION_SECONDS_MAX);
    }
    context = builder.build();
    identity.forgetWhenReplaced(context.sessionContext());
  }

  /** The handler of one connection. */
  SslHandler handler(ByteBufAllocator allocator) {
    SSLEngine engine = context.newEngine(allocator);
    engine.setSSLParameters(TlsParameters.withCurves(engine.getSSLParameters(), tls.material()));
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return handler;
  }
}
