package dev.sluice.receivers.otlp.http;

import dev.sluice.config.TlsServerConfig;
import dev.sluice.meters.ReceiverMeters;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.receivers.http.HttpHandler;
import dev.sluice.receivers.http.HttpServer;
import dev.sluice.receivers.http.HttpServerSettings;
import dev.sluice.receivers.limits.ListenFailure;
import dev.sluice.receivers.otlp.export.ExportService;
import dev.sluice.tls.TlsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP on its port. Started once, stopped once, from one thread. */
public final class HttpTransport {
  private static final int HEADER_BYTES_MAX = 32 << 10;
  private static final int EVENT_LOOPS_MAX = 8;

  private final HttpSettings settings;
  private final ReceiverContext context;
  private @Nullable HttpServer server;

  public HttpTransport(HttpSettings settings, ReceiverContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Listens and serves.
   *
   * @throws IOException that names the receiver, the key and the address, when it cannot be had
   */
  public void start() throws IOException {
    HttpHandler handler =
        new OtlpHttpHandler(services(), settings.encodings(), settings.responseHeaders());
    try {
      server = HttpServer.start(serverSettings(), handler, context.memory(), context.threads());
    } catch (IOException e) {
      throw ListenFailure.of(context.id(), settings.path(), settings.endpoint(), e);
    }
  }

  /** 0 when not started. */
  public int port() {
    return server == null ? 0 : server.port();
  }

  /** Answers what is in flight and closes; blocks for at most {@code timeoutNanos}. */
  public void stop(long timeoutNanos) {
    if (server != null) {
      server.stop(timeoutNanos);
    }
  }

  private Map<String, ExportService> services() {
    ReceiverMeters meters = context.meters().receiver(context.id(), "http");
    Map<String, ExportService> services = new HashMap<>();
    for (Signal signal : Signal.values()) {
      Intake intake = context.intake(signal);
      String path = settings.urlPaths().get(signal);
      if (intake != null && path != null) {
        services.put(path, new ExportService(signal, intake, meters, settings.requestBytesMax()));
      }
    }
    return services;
  }

  private HttpServerSettings serverSettings() throws IOException {
    TlsServerConfig tls = settings.tls();
    return new HttpServerSettings(
        context.id() + "-http",
        settings.endpoint().host(),
        settings.endpoint().port(),
        settings.requestBytesMax(),
        HEADER_BYTES_MAX,
        nanos(settings.headerDeadline()),
        nanos(settings.bodyDeadline()),
        nanos(settings.idle()),
        nanos(settings.responseDeadline()),
        settings.connectionsMax(),
        settings.connectionsPerAddressMax(),
        Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors()),
        settings.keepAlive(),
        tls == null
            ? null
            : TlsServer.load(
                settings.path(), tls, context.security(), context.meters(), context.clock()),
        context.security().serverOrNull(settings.authenticator()),
        settings.cors());
  }

  /** Zero means without limit, as in the Collector; a year is as good. */
  private static long nanos(Duration duration) {
    return duration.isZero() ? Duration.ofDays(365).toNanos() : duration.toNanos();
  }
}
