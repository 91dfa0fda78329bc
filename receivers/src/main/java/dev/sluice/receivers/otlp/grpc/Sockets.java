package dev.sluice.receivers.otlp.grpc;

import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.function.Supplier;

/**
 * The kind of socket that gRPC listens with: epoll's own on Linux, which cost a tenth less than
 * NIO's for traces, and NIO's elsewhere. Stateless.
 *
 * @param polling how event loops wait for them
 * @param listener makes a listening one
 */
record Sockets(IoHandlerFactory polling, Supplier<ServerChannel> listener) {
  static Sockets best() {
    return Epoll.isAvailable()
        ? new Sockets(EpollIoHandler.newFactory(), EpollServerSocketChannel::new)
        : new Sockets(NioIoHandler.newFactory(), NioServerSocketChannel::new);
  }
}
