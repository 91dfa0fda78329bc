package dev.sluice.receivers.otlp.grpc;

import dev.sluice.receivers.limits.ConnectionLimit;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;

/** Makes listening sockets that close connections beyond the limit before gRPC sees them. */
final class Listeners implements ChannelFactory<ServerChannel> {
  private final Turnstile turnstile;

  Listeners(ConnectionLimit limit) {
    turnstile = new Turnstile(limit);
  }

  @Override
  public ServerChannel newChannel() {
    ServerChannel channel = new NioServerSocketChannel();
    channel.pipeline().addLast(turnstile);
    return channel;
  }

  /** Sees each accepted connection first. */
  @Sharable
  private static final class Turnstile extends ChannelInboundHandlerAdapter {
    private final ConnectionLimit limit;

    Turnstile(ConnectionLimit limit) {
      this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      Channel connection = (Channel) message;
      SocketAddress remote = connection.remoteAddress();
      if (!limit.tryOpen(remote)) {
        connection.unsafe().closeForcibly();
        return;
      }
      var _ = connection.closeFuture().addListener(_ -> limit.close(remote));
      ctx.fireChannelRead(connection);
    }
  }
}
