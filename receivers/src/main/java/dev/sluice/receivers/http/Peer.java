package dev.sluice.receivers.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The other end of a connection, and what can be done to it. Event loop only, except as noted. */
final class Peer {
  /** The address of a peer that was gone before anyone asked. */
  private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

  private final ChannelHandlerContext context;
  private final InetSocketAddress address;

  Peer(ChannelHandlerContext context) {
    this.context = context;
    this.address =
        context.channel().remoteAddress() instanceof InetSocketAddress remote ? remote : NOWHERE;
  }

  InetSocketAddress address() {
    return address;
  }

  EventExecutor loop() {
    return context.executor();
  }

  boolean isThere() {
    return context.channel().isActive();
  }

  void send(HttpObject message, GenericFutureListener<Future<? super Void>> done) {
    var _ = context.writeAndFlush(message).addListener(done);
  }

  /** Reads no further until {@link #resume}. */
  void pause() {
    context.channel().config().setAutoRead(false);
  }

  void resume() {
    context.channel().config().setAutoRead(true);
  }

  /** Reads no further for {@code nanos}. */
  void rest(long nanos) {
    pause();
    var _ = loop().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
  }

  boolean isPaused() {
    return !context.channel().config().isAutoRead();
  }

  /** Tells the peer that nothing more comes, and still reads; in the clear only. */
  void endOutput() {
    if (context.channel() instanceof SocketChannel socket
        && context.pipeline().get(SslHandler.class) == null) {
      var _ = socket.shutdownOutput();
    }
  }

  /** Closes; from any thread. */
  void cut() {
    var _ = context.close();
  }

  /** Runs the task on the event loop, from any thread; not at all when that has ended. */
  void run(Runnable task) {
    if (loop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop().execute(task);
    } catch (RejectedExecutionException e) {
      // The server has stopped and the connection with it: there is nobody to talk to.
    }
  }

  /** Waits, outside the event loop, until the connection is closed. */
  void awaitClosed(long timeoutNanos) {
    context.channel().closeFuture().awaitUninterruptibly(timeoutNanos, TimeUnit.NANOSECONDS);
  }
}
