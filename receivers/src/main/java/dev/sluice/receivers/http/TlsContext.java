package dev.sluice.receivers.http;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Makes Netty's TLS from PEM files, with the JDK's implementation. Stateless. */
final class TlsContext {
  private TlsContext() {}

  /**
   * @throws IOException when a file cannot be read or does not hold what it should; the message
   *     names it
   */
  static SslContext of(Tls tls) throws IOException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(tls.certificateChain().toFile(), tls.privateKey().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      if (tls.clientCertificateAuthorities() != null) {
        builder
            .trustManager(tls.clientCertificateAuthorities().toFile())
            .clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new IOException("cannot use " + tls + ": " + e.getMessage(), e);
    }
  }
}
