package dev.sluice.receivers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.config.PemSource;
import dev.sluice.config.TlsMaterial;
import dev.sluice.config.TlsServerConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes Netty's TLS of the configuration, with the JDK's implementation. Stateless. */
final class TlsContext {
  private TlsContext() {}

  /**
   * @throws IOException when a file cannot be read or does not hold what it should
   */
  static SslContext of(TlsServerConfig tls) throws IOException {
    TlsMaterial material = tls.material();
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(stream(material.certificate()), stream(material.key()))
              .sslProvider(SslProvider.JDK)
              .protocols(material.versions());
      if (!material.cipherSuites().isEmpty()) {
        builder.ciphers(material.cipherSuites());
      }
      if (tls.clientCa() != null) {
        builder
            .trustManager(stream(new PemSource.File(tls.clientCa())))
            .clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot use the certificate or its key: " + e.getMessage(), e);
    }
  }

  private static InputStream stream(@Nullable PemSource source) throws IOException {
    return new ByteArrayInputStream(Objects.requireNonNull(source).pem().getBytes(US_ASCII));
  }
}
