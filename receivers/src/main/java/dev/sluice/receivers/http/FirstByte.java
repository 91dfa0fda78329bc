package dev.sluice.receivers.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells the connection that bytes came, before anything is decoded of them. */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private final HttpConnection connection;

  FirstByte(HttpConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    connection.bytesRead();
    ctx.fireChannelRead(message);
  }
}
