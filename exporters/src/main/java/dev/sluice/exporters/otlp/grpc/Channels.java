package dev.sluice.exporters.otlp.grpc;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.TlsIdentity;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Builds gRPC channels from settings. */
final class Channels {
  /** Odd, so that gRPC's message about it cannot be taken for one of a peer. */
  static final int ANSWER_BYTES_MAX = (4 << 20) + 1;

  private Channels() {}

  /** Opens no connection yet; blocks on the files that the TLS settings name. */
  static ManagedChannel open(OtlpGrpcSettings settings, String userAgent) {
    NettyChannelBuilder builder =
        builder(settings.target())
            .directExecutor()
            .maxInboundMessageSize(ANSWER_BYTES_MAX)
            .defaultLoadBalancingPolicy(settings.balancer())
            .compressorRegistry(compressors(settings.compression()))
            .userAgent(settings.userAgent().isEmpty() ? userAgent : settings.userAgent())
            .disableRetry()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(metadata(settings.headers())));
    if (!settings.authority().isEmpty()) {
      builder.overrideAuthority(settings.authority());
    }
    OtlpGrpcSettings.Keepalive keepalive = settings.keepalive();
    if (keepalive != null) {
      builder
          .keepAliveTime(keepalive.time().toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveTimeout(keepalive.timeout().toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveWithoutCalls(keepalive.permitWithoutStream());
    }
    return transport(builder, settings).build();
  }

  @SuppressWarnings("deprecation") // the other way registers the resolver for the whole process
  private static NettyChannelBuilder builder(String target) {
    return NettyChannelBuilder.forTarget("dns:///peer")
        .nameResolverFactory(new HostResolver.Provider(target));
  }

  private static NettyChannelBuilder transport(
      NettyChannelBuilder builder, OtlpGrpcSettings settings) {
    if (settings.plaintext()) {
      return builder.negotiationType(NegotiationType.PLAINTEXT);
    }
    String serverName = settings.tls().serverName();
    if (!serverName.isEmpty() && settings.authority().isEmpty()) {
      builder.overrideAuthority(serverName);
    }
    return builder.negotiationType(NegotiationType.TLS).sslContext(sslContext(settings.tls()));
  }

  private static SslContext sslContext(TlsClientConfig tls) {
    TlsIdentity identity = TlsIdentity.load(tls);
    SslContextBuilder context =
        GrpcSslContexts.forClient()
            .trustManager(identity.trust())
            .protocols(tls.material().versions().toArray(new String[0]));
    if (!identity.keys().isEmpty()) {
      context.keyManager(identity.keys().getFirst());
    }
    if (!tls.material().cipherSuites().isEmpty()) {
      context.ciphers(tls.material().cipherSuites());
    }
    try {
      return context.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static CompressorRegistry compressors(Compression compression) {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    if (compression != Compression.NONE) {
      registry.register(new Precompressed(Precompressed.encoding(compression)));
    }
    return registry;
  }

  private static Metadata metadata(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach((name, value) ->
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return metadata;
  }
}
