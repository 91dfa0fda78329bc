package dev.sluice.receivers.otlp.grpc;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.receivers.limits.ConnectionLimit;
import dev.sluice.receivers.limits.ListenFailure;
import io.grpc.Server;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.FastThreadLocalThread;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** OTLP/gRPC on its port. Started once, stopped once, from one thread. */
public final class GrpcTransport {
  private static final int EVENT_LOOPS_MAX = 8;

  /**
   * gRPC's transport logs what senders do wrong, with stack traces: they are told, and the log is
   * not theirs to fill. Kept here, since a logger that nobody holds forgets its level.
   */
  private static final Logger TRANSPORT_LOG =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

  /** How often a stopping server looks whether it is done. */
  private static final long LOOK_MILLIS = 20;

  /** Calls that only watch, as health checks do, are not waited for longer than this. */
  private static final long WATCHERS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final GrpcSettings settings;
  private final ReceiverContext context;
  private final HealthStatusManager health = new HealthStatusManager();
  private final AtomicInteger exports = new AtomicInteger();
  private @Nullable EventLoopGroup loops;
  private @Nullable Server server;

  public GrpcTransport(GrpcSettings settings, ReceiverContext context) {
    this.settings = settings;
    this.context = context;
    TRANSPORT_LOG.setLevel(Level.SEVERE);
  }

  /**
   * Listens and serves.
   *
   * @throws IOException that names the receiver, the key and the address, when it cannot be had
   */
  public void start() throws IOException {
    int threads = Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors());
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(threads, executor(), NioIoHandler.newFactory());
    loops = group;
    ConnectionLimit limit =
        new ConnectionLimit(settings.connectionsMax(), settings.connectionsPerAddressMax());
    try {
      server = new GrpcServerPlan(settings, context, exports).server(group, limit, health).start();
    } catch (IOException | IllegalArgumentException e) {
      closeLoops();
      throw ListenFailure.of(context.id(), settings.path(), settings.endpoint(), e);
    }
  }

  /** 0 when not started. */
  public int port() {
    return server == null ? 0 : server.getPort();
  }

  /** Says GOAWAY and takes no new connection; returns at once. */
  public void stopAccepting() {
    if (server != null && !server.isShutdown()) {
      health.enterTerminalState();
      server.shutdown();
    }
  }

  /** Answers what is in flight and closes; blocks for at most {@code timeoutNanos}. */
  public void stop(long timeoutNanos) {
    if (server == null) {
      return;
    }
    if (!server.isShutdown()) {
      stopAccepting();
    }
    try {
      awaitExports(server, timeoutNanos);
      server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    closeLoops();
  }

  private void awaitExports(Server stopping, long timeoutNanos) throws InterruptedException {
    Clock clock = context.clock();
    long begun = clock.nanoTime();
    while (!stopping.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      long waited = clock.nanoTime() - begun;
      if (waited >= timeoutNanos || (waited >= WATCHERS_NANOS && exports.get() == 0)) {
        return;
      }
    }
  }

  private void closeLoops() {
    if (loops != null) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }

  private Executor executor() {
    AtomicInteger count = new AtomicInteger();
    return body ->
        context
            .threads()
            .start(
                context.id() + "-grpc-" + count.incrementAndGet(),
                () -> FastThreadLocalThread.runWithFastThreadLocal(body));
  }
}
