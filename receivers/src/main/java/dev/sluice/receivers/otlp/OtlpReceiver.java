package dev.sluice.receivers.otlp;

import dev.sluice.pipeline.Receiver;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.receivers.otlp.grpc.GrpcTransport;
import dev.sluice.receivers.otlp.http.HttpTransport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes OTLP over gRPC, HTTP or both, each on its own port. Started once, stopped once, from one
 * thread.
 */
public final class OtlpReceiver implements Receiver {
  private final @Nullable GrpcTransport grpc;
  private final @Nullable HttpTransport http;

  OtlpReceiver(OtlpSettings settings, ReceiverContext context) {
    grpc = settings.grpc() == null ? null : new GrpcTransport(settings.grpc(), context);
    http = settings.http() == null ? null : new HttpTransport(settings.http(), context);
  }

  @Override
  public void start() throws IOException {
    if (grpc != null) {
      grpc.start();
    }
    try {
      if (http != null) {
        http.start();
      }
    } catch (IOException e) {
      stop(TimeUnit.SECONDS.toNanos(1));
      throw e;
    }
  }

  /** The port of gRPC; 0 when it is off or not started. */
  public int grpcPort() {
    return grpc == null ? 0 : grpc.port();
  }

  /** The port of HTTP; 0 when it is off or not started. */
  public int httpPort() {
    return http == null ? 0 : http.port();
  }

  @Override
  public void stop(long timeoutNanos) {
    if (grpc != null) {
      grpc.stopAccepting();
    }
    if (http != null) {
      http.stop(timeoutNanos);
    }
    if (grpc != null) {
      grpc.stop(timeoutNanos);
    }
  }
}
