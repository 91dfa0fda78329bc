package dev.sluice.exporters.otlp.grpc;

import dev.sluice.exporters.Peer;
import dev.sluice.exporters.http.Decompression;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer that speaks gRPC, and takes any method with any bytes. Thread-safe. */
final class GrpcPeer implements Peer<GrpcReply> {
  private static final int TAKE_SECONDS_MAX = 20;

  private final Server server;
  private final Relay relay;
  private final BlockingQueue<GrpcReply> script = new LinkedBlockingQueue<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  /** A call that arrived completely. */
  record Received(String method, Metadata headers, byte[] body) {
    String header(String name) {
      return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
  }

  private GrpcPeer(NettyServerBuilder builder) {
    try {
      server =
          builder
              .fallbackHandlerRegistry(new AnyMethod())
              .decompressorRegistry(
                  DecompressorRegistry.emptyInstance()
                      .with(new Decompressed("gzip", "gzip"), true)
                      .with(new Decompressed("zstd", "zstd"), true)
                      .with(new Decompressed("snappy", "x-snappy-framed"), true))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    relay = new Relay(server.getPort());
  }

  static GrpcPeer start() {
    return new GrpcPeer(builder());
  }

  static GrpcPeer startTls(SslContext context) {
    return new GrpcPeer(builder().sslContext(context));
  }

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  Relay relay() {
    return relay;
  }

  String endpoint() {
    return "127.0.0.1:" + relay.port();
  }

  @Override
  public void script(GrpcReply reply) {
    script.add(reply);
  }

  @Override
  public byte[] take() {
    return takeCall().body();
  }

  Received takeCall() {
    try {
      Received next = received.poll(TAKE_SECONDS_MAX, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no call arrived");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for a call", e);
    }
  }

  @Override
  public int waiting() {
    return received.size();
  }

  @Override
  public void close() {
    relay.close();
    server.shutdownNow();
    try {
      server.awaitTermination(TAKE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(ServerCall<byte[], byte[]> call) {
    GrpcReply next = script.poll();
    GrpcReply reply = next == null ? GrpcReply.ok(new byte[0]) : next;
    switch (reply.manner()) {
      case PROMPT -> {
        if (reply.status().isOk()) {
          call.sendHeaders(new Metadata());
          call.sendMessage(reply.body());
        }
        call.close(reply.status(), reply.trailers());
      }
      case HANG -> {}
      case HEAD_ONLY -> call.sendHeaders(new Metadata());
      case CLOSE -> relay.cut();
    }
  }

  private final class AnyMethod extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(name)
              .build();
      return ServerMethodDefinition.create(method, new Handler());
    }
  }

  private final class Handler implements ServerCallHandler<byte[], byte[]> {
    @Override
    public ServerCall.Listener<byte[]> startCall(
        ServerCall<byte[], byte[]> call, Metadata headers) {
      call.request(2);
      return new ServerCall.Listener<>() {
        private byte[] body = new byte[0];

        @Override
        public void onMessage(byte[] message) {
          body = message;
        }

        @Override
        public void onHalfClose() {
          String method = call.getMethodDescriptor().getFullMethodName();
          received.add(new Received(method, headers, body));
          answer(call);
        }
      };
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Decompressed(String name, String format) implements Codec {
    @Override
    public String getMessageEncoding() {
      return name;
    }

    @Override
    public InputStream decompress(InputStream stream) throws IOException {
      return new ByteArrayInputStream(Decompression.decode(format, stream.readAllBytes()));
    }

    @Override
    public OutputStream compress(OutputStream stream) {
      throw new UnsupportedOperationException();
    }
  }
}
