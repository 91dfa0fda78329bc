package dev.sluice.exporters.otlp.grpc;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsMaterial;
import dev.sluice.exporters.http.Compression;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.security.ClientAuthenticator;
import dev.sluice.tls.TlsIdentity;
import dev.sluice.tls.TlsParameters;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.DelegatingSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;

/** Builds gRPC channels from settings. */
final class Channels {
  /** Odd, so that gRPC's message about it cannot be taken for one of a peer. */
  static final int ANSWER_BYTES_MAX = (4 << 20) + 1;

  private Channels() {}

  /** Opens no connection yet; blocks on the files that the TLS settings name. */
  static ManagedChannel open(OtlpGrpcSettings settings, ExporterContext context) {
    String userAgent = "Sluice/" + context.version();
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
    ClientAuthenticator authenticator = context.security().clientOrNull(settings.authenticator());
    if (authenticator != null) {
      builder.intercept(new Credentials(authenticator));
    }
    OtlpGrpcSettings.Keepalive keepalive = settings.keepalive();
    if (keepalive != null) {
      builder
          .keepAliveTime(keepalive.time().toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveTimeout(keepalive.timeout().toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveWithoutCalls(keepalive.permitWithoutStream());
    }
    return transport(builder, settings, context).build();
  }

  @SuppressWarnings("deprecation") // the other way registers the resolver for the whole process
  private static NettyChannelBuilder builder(String target) {
    return NettyChannelBuilder.forTarget("dns:///peer")
        .nameResolverFactory(new HostResolver.Provider(target));
  }

  private static NettyChannelBuilder transport(
      NettyChannelBuilder builder, OtlpGrpcSettings settings, ExporterContext context) {
    if (settings.plaintext()) {
      return builder.negotiationType(NegotiationType.PLAINTEXT);
    }
    String serverName = settings.tls().serverName();
    if (!serverName.isEmpty() && settings.authority().isEmpty()) {
      builder.overrideAuthority(serverName);
    }
    return builder
        .negotiationType(NegotiationType.TLS)
        .sslContext(sslContext(settings.tls(), context));
  }

  private static SslContext sslContext(TlsClientConfig tls, ExporterContext context) {
    TlsIdentity identity =
        TlsIdentity.client("exporters::" + context.id(), tls, context.clock())
            .watched(context.security(), context.meters());
    SslContextBuilder builder =
        // Not the native library, which would be unpacked into a folder that can be written to.
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .trustManager(Objects.requireNonNull(identity.trust()))
            .protocols(tls.material().versions().toArray(new String[0]));
    X509ExtendedKeyManager keys = identity.keys();
    if (keys != null) {
      builder.keyManager(keys);
    }
    List<String> suites = TlsParameters.cipherSuites(tls.material());
    if (!suites.isEmpty()) {
      builder.ciphers(suites);
    }
    try {
      SslContext made = builder.build();
      identity.forgetWhenReplaced(made.sessionContext());
      return tls.material().curves().isEmpty() ? made : new Curves(made, tls.material());
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** TLS with the curves that the configuration prefers. */
  private static final class Curves extends DelegatingSslContext {
    private final TlsMaterial material;

    Curves(SslContext context, TlsMaterial material) {
      super(context);
      this.material = material;
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      engine.setSSLParameters(TlsParameters.withCurves(engine.getSSLParameters(), material));
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
