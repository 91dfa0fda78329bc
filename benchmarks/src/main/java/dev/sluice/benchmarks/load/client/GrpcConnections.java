package dev.sluice.benchmarks.load.client;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.otlp.Signal;
import io.grpc.CallOptions;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gRPC connections of a run, on one event loop. Several exchanges share a connection. */
final class GrpcConnections implements AutoCloseable {

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final MethodDescriptor<GrpcBody, byte[]> method;
  private final CallOptions options;

  GrpcConnections(LoadCase target, int port, int connections) {
    method = method(target.signal());
    options =
        target.isCompressed()
            ? CallOptions.DEFAULT.withCompression(target.encoding())
            : CallOptions.DEFAULT;
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(new CompressedAlready(target.encoding()));
    for (int i = 0; i < connections; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .channelType(NioSocketChannel.class)
              .eventLoopGroup(loop)
              .directExecutor()
              .disableRetry()
              .compressorRegistry(compressors)
              .build());
    }
  }

  /** A new exchange on one of the connections. */
  Exchange exchange(int connection, int bodyBytesMax) {
    return new GrpcExchange(channels.get(connection), method, options, bodyBytesMax);
  }

  private static MethodDescriptor<GrpcBody, byte[]> method(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.TraceService";
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
        };
    return MethodDescriptor.<GrpcBody, byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("opentelemetry.proto.collector." + service + "/Export")
        .setRequestMarshaller(new Requests())
        .setResponseMarshaller(new Answers())
        .build();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static final class Requests implements MethodDescriptor.Marshaller<GrpcBody> {
    @Override
    public InputStream stream(GrpcBody body) {
      return body;
    }

    @Override
    public GrpcBody parse(InputStream stream) {
      throw new UnsupportedOperationException("the load takes no requests");
    }
  }

  /** The answer's message is not looked at: its status is the answer. */
  private static final class Answers implements MethodDescriptor.Marshaller<byte[]> {
    private static final byte[] UNREAD = new byte[0];

    @Override
    public InputStream stream(byte[] answer) {
      throw new UnsupportedOperationException("the load gives no answers");
    }

    @Override
    public byte[] parse(InputStream stream) {
      return UNREAD;
    }
  }

  /** Says how, and passes on bytes that were compressed before the run. */
  private record CompressedAlready(String encoding) implements io.grpc.Compressor {
    @Override
    public String getMessageEncoding() {
      return encoding;
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return out;
    }
  }
}
