package dev.sluice.receivers.otlp.grpc;

import dev.sluice.config.TlsMaterial;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.meters.ReceiverMeters;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.receivers.limits.ConnectionLimit;
import dev.sluice.receivers.limits.ListenAddresses;
import dev.sluice.receivers.limits.Reservation;
import dev.sluice.receivers.otlp.export.ExportService;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.tls.TlsParameters;
import dev.sluice.tls.TlsServer;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.DelegatingSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Builds the gRPC server of the settings: its services, and a limit for everything that gRPC leaves
 * open. Used once.
 */
final class GrpcServerPlan {
  private static final int METADATA_BYTES_MAX = 16 << 10;
  private static final int FLOW_CONTROL_WINDOW_BYTES = 1 << 20;
  private static final int HANDSHAKE_SECONDS = 20;

  // More resets of streams than these in as many seconds, and the connection is sent away.
  private static final int RESETS_MAX = 200;
  private static final int RESETS_SECONDS = 30;

  private final GrpcSettings settings;
  private final ReceiverContext context;
  private final AtomicInteger exports;

  GrpcServerPlan(GrpcSettings settings, ReceiverContext context, AtomicInteger exports) {
    this.settings = settings;
    this.context = context;
    this.exports = exports;
  }

  Server server(EventLoopGroup loops, ConnectionLimit limit, HealthStatusManager health)
      throws IOException {
    List<InetSocketAddress> addresses =
        ListenAddresses.resolve(settings.endpoint().host(), settings.endpoint().port());
    NettyServerBuilder builder = NettyServerBuilder.forAddress(addresses.getFirst());
    addresses.stream().skip(1).forEach(builder::addListenAddress);
    builder
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelFactory(new Listeners(limit))
        .directExecutor()
        .decompressorRegistry(Codings.registry())
        .addStreamTracerFactory(InboundBytes.FACTORY);
    if (settings.tls() != null) {
      builder.sslContext(tls(settings.tls()));
    }
    ServerAuthenticator authenticator = context.security().serverOrNull(settings.authenticator());
    if (authenticator != null) {
      builder.intercept(new Gate(authenticator, loops));
    }
    limits(builder);
    lifetimes(builder);
    services(builder, loops, health);
    return builder.build();
  }

  private void limits(NettyServerBuilder builder) {
    builder
        .maxInboundMessageSize(settings.requestBytesMax())
        .maxInboundMetadataSize(METADATA_BYTES_MAX)
        .maxConcurrentCallsPerConnection(settings.streamsMax())
        .maxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
        .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
  }

  private void lifetimes(NettyServerBuilder builder) {
    set(settings.connectionIdle(), builder::maxConnectionIdle);
    set(settings.connectionAge(), builder::maxConnectionAge);
    set(settings.connectionAgeGrace(), builder::maxConnectionAgeGrace);
    set(settings.keepaliveTime(), builder::keepAliveTime);
    set(settings.keepaliveTimeout(), builder::keepAliveTimeout);
    set(settings.pingIntervalMin(), builder::permitKeepAliveTime);
    builder.permitKeepAliveWithoutCalls(settings.pingsWithoutStream());
  }

  private static void set(
      Duration duration, BiFunction<Long, TimeUnit, NettyServerBuilder> property) {
    if (!duration.isZero()) {
      var _ = property.apply(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void services(
      NettyServerBuilder builder, EventLoopGroup loops, HealthStatusManager health) {
    long bodyNanos =
        settings.bodyDeadline().isZero()
            ? Duration.ofDays(365).toNanos()
            : settings.bodyDeadline().toNanos();
    BodyDeadlines deadlines = new BodyDeadlines(loops, bodyNanos);
    ReceiverMeters meters = context.meters().receiver(context.id(), "grpc");
    for (Signal signal : Signal.values()) {
      Intake intake = context.intake(signal);
      if (intake != null) {
        ExportService service =
            new ExportService(signal, intake, meters, settings.requestBytesMax());
        builder.addService(ExportMethod.service(signal, handler(service, deadlines)));
        health.setStatus(ExportMethod.serviceName(signal), ServingStatus.SERVING);
      }
    }
    builder.addService(health.getHealthService());
    builder.addService(ProtoReflectionServiceV1.newInstance());
    builder.addService(alphaReflection());
  }

  @SuppressWarnings("deprecation") // What grpcurl before 1.8.8, and other tools still, ask for.
  private static BindableService alphaReflection() {
    return ProtoReflectionService.newInstance();
  }

  private ServerCallHandler<InputStream, byte[]> handler(
      ExportService service, BodyDeadlines deadlines) {
    return (call, headers) -> {
      ExportCall export =
          new ExportCall(
              call, service, Codings.of(headers), new Reservation(context.memory()), exports);
      export.begin(deadlines);
      return export;
    };
  }

  private SslContext tls(TlsServerConfig config) throws IOException {
    TlsServer tls =
        TlsServer.load(
            settings.path(), config, context.security(), context.meters(), context.clock());
    X509ExtendedTrustManager clients = tls.identity().trust();
    SslContextBuilder builder =
        GrpcSslContexts.configure(
                SslContextBuilder.forServer(Objects.requireNonNull(tls.identity().keys())),
                SslProvider.JDK)
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
    SslContext made = builder.build();
    tls.identity().forgetWhenReplaced(made.sessionContext());
    return tls.material().curves().isEmpty() ? made : new Curves(made, tls.material());
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
}
