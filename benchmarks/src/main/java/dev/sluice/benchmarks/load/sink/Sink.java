package dev.sluice.benchmarks.load.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The backend of the collector under test, on a free port of loopback. It throws bodies away, or
 * keeps account of their items while it has a ledger. It can be stopped: then it takes requests and
 * answers none of them; and slowed: then all connections together get as many items a second.
 * Thread-safe; a thread a connection, of which there are at most {@value #CONNECTIONS_MAX}.
 */
public final class Sink implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 1024;

  private final ServerSocketChannel server;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long lastNanos = System.nanoTime();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile @Nullable IdLedger ledger;
  private boolean open = true;
  private double paceItemsPerSecond;
  private long turnNanos = System.nanoTime();

  public Sink() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("sink-accept").start(this::accept);
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  /** From now on items are kept account of there; null throws bodies away. */
  public void check(@Nullable IdLedger next) {
    ledger = next;
  }

  /** Takes requests from now on without answering them. */
  public synchronized void stop() {
    open = false;
  }

  /** Answers again, also what waits. */
  public synchronized void start() {
    open = true;
    notifyAll();
  }

  /** From now on takes at most so many items a second; 0 takes as many as come. */
  public synchronized void pace(double itemsPerSecond) {
    paceItemsPerSecond = itemsPerSecond;
  }

  /** Bodies read so far. */
  public long requests() {
    return requests.get();
  }

  /** Bytes of bodies read so far. */
  public long bytes() {
    return bytes.get();
  }

  /** When the last body was read, on the clock of {@link System#nanoTime}. */
  public long lastNanos() {
    return lastNanos;
  }

  /** What a connection failed of first, other than its end; null when none did. */
  public @Nullable IOException failure() {
    return failure.get();
  }

  @Nullable IdLedger ledger() {
    return ledger;
  }

  void received(int bodyBytes) {
    requests.incrementAndGet();
    bytes.addAndGet(bodyBytes);
    lastNanos = System.nanoTime();
  }

  void failed(IOException e) {
    if (!(e instanceof ClosedChannelException) && server.isOpen()) {
      failure.compareAndSet(null, e);
    }
  }

  synchronized void awaitOpen() throws InterruptedException {
    while (!open) {
      wait();
    }
  }

  synchronized boolean isPaced() {
    return paceItemsPerSecond > 0;
  }

  /** Blocks until it is the turn of these items, by the pace; those of all connections queue. */
  void awaitTurn(int items) throws InterruptedException {
    long left = nanosToTurn(items);
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private synchronized long nanosToTurn(int items) {
    if (!isPaced()) {
      return 0;
    }
    long now = System.nanoTime();
    turnNanos = Math.max(now, turnNanos) + (long) (items * 1e9 / paceItemsPerSecond);
    return turnNanos - now;
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        serve(server.accept());
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    if (connections.size() >= CONNECTIONS_MAX) {
      channel.close();
      return;
    }
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    connections.add(channel);
    Thread.ofPlatform()
        .daemon()
        .name("sink")
        .start(() -> {
          new SinkConnection(channel, this).run();
          connections.remove(channel);
        });
  }

  /** Closes every connection; their threads end. */
  @Override
  public void close() throws IOException {
    server.close();
    start();
    for (SocketChannel channel : connections) {
      channel.close();
    }
  }
}
