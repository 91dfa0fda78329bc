package dev.sluice.receivers.http;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.Threads;
import dev.sluice.receivers.limits.ConnectionLimit;
import dev.sluice.receivers.limits.ListenAddresses;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on one port. Thread-safe.
 *
 * <p>One request of a connection is in the handler at a time; pipelined ones wait unread. Bounded:
 * connections, header and body sizes, the time each part of a request may take, and, through the
 * memory budget, the bytes of all bodies together.
 */
public final class HttpServer {
  private static final int BACKLOG = 1024;
  private static final int PAGE_BYTES = 8 << 10;

  /** Chunks of a mebibyte: what the pool takes from the system at a time. */
  private static final int CHUNK_ORDER = 7;

  private final HttpServerSettings settings;
  private final RequestRules rules;
  private final MemoryBudget memory;
  private final @Nullable TlsContext tls;
  private final ConnectionLimit limit;
  private final EventLoopGroup loops;
  private final ByteBufAllocator allocator;
  private final List<Channel> listeners = new ArrayList<>();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  private HttpServer(
      HttpServerSettings settings, HttpHandler handler, MemoryBudget memory, Threads threads)
      throws IOException {
    this.settings = settings;
    this.rules = new RequestRules(settings, handler);
    this.memory = memory;
    this.tls = settings.tls() == null ? null : new TlsContext(settings.tls());
    this.limit =
        new ConnectionLimit(settings.connectionsMax(), settings.connectionsPerAddressMax());
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.eventLoops(), executor(settings.role(), threads), NioIoHandler.newFactory());
    this.allocator = allocator(settings.eventLoops());
  }

  /**
   * Listens and serves.
   *
   * @param memory where bodies that are being read are reserved
   * @throws IOException when the address cannot be had; the message names it
   */
  public static HttpServer start(
      HttpServerSettings settings, HttpHandler handler, MemoryBudget memory, Threads threads)
      throws IOException {
    HttpServer server = new HttpServer(settings, handler, memory, threads);
    try {
      server.listen();
    } catch (IOException e) {
      server.stop(TimeUnit.SECONDS.toNanos(1));
      throw e;
    }
    return server;
  }

  /** The port that is listened on; the one chosen when the settings said 0. */
  public int port() {
    return ((InetSocketAddress) listeners.getFirst().localAddress()).getPort();
  }

  /** Connections that are open now. */
  public int connections() {
    return limit.open();
  }

  /**
   * Stops accepting, answers what is in flight, and closes everything; blocks for at most {@code
   * timeoutNanos}, after which what still waits is cut. Harmless the second time. Not for a handler
   * to call.
   */
  public void stop(long timeoutNanos) {
    Ticker ticker = loops.next().ticker();
    long endNanos = ticker.nanoTime() + timeoutNanos;
    stopping = true;
    for (Channel listener : listeners) {
      listener.close().awaitUninterruptibly();
    }
    for (HttpConnection connection : connections) {
      connection.stop();
    }
    for (HttpConnection connection : connections) {
      connection.awaitClosed(endNanos - ticker.nanoTime());
    }
    for (HttpConnection connection : connections) {
      connection.cut();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  MemoryBudget memory() {
    return memory;
  }

  /**
   * Whether it stops; connections are told one after the other, and answers need not wait for it.
   */
  boolean isStopping() {
    return stopping;
  }

  void closed(HttpConnection connection) {
    connections.remove(connection);
  }

  private void listen() throws IOException {
    for (InetSocketAddress address : ListenAddresses.resolve(settings.host(), settings.port())) {
      ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(
            "cannot listen on %s:%d: %s"
                .formatted(
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    bound.cause().getMessage()),
            bound.cause());
      }
      listeners.add(bound.channel());
    }
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, allocator)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                accept(channel);
              }
            });
  }

  private void accept(Channel channel) {
    SocketAddress remote = channel.remoteAddress();
    if (!limit.tryOpen(remote)) {
      var _ = channel.close();
      return;
    }
    var _ = channel.closeFuture().addListener(_ -> limit.close(remote));
    HttpConnection connection = new HttpConnection(this, settings, rules);
    if (tls != null) {
      channel.pipeline().addLast(tls.handler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(
            new FirstByte(connection),
            new RequestDecoder(settings.headerBytesMax()),
            new HttpResponseEncoder(),
            new FlowControlHandler(),
            connection);
    connections.add(connection);
    if (stopping) {
      connection.stop();
    }
  }

  /** A pool as small as the server: one arena a thread, chunks of a mebibyte. */
  private static ByteBufAllocator allocator(int arenas) {
    return new PooledByteBufAllocator(
        true,
        0,
        arenas,
        PAGE_BYTES,
        CHUNK_ORDER,
        PooledByteBufAllocator.defaultSmallCacheSize(),
        PooledByteBufAllocator.defaultNormalCacheSize(),
        true);
  }

  private static Executor executor(String role, Threads threads) {
    AtomicInteger count = new AtomicInteger();
    return body ->
        threads.start(
            role + "-" + count.incrementAndGet(),
            () -> FastThreadLocalThread.runWithFastThreadLocal(body));
  }
}
