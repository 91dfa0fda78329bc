package dev.sluice.receivers.otlp;

import dev.sluice.otlp.Signal;
import dev.sluice.receivers.compression.Compressed;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gRPC client that exports exactly the bytes that it is given. */
final class RawExport implements AutoCloseable {

  private static final Marshaller<byte[]> BYTES = new Bytes();

  final ManagedChannel channel;

  RawExport(int port) {
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(new Sending("gzip", Compressed.GZIP));
    compressors.register(new Sending("snappy", Compressed.SNAPPY_FRAMED));
    compressors.register(new Sending("zstd", Compressed.ZSTD_SIZED));
    compressors.register(new Sending("br", Compressed.GZIP));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .compressorRegistry(compressors)
            .maxInboundMetadataSize(1 << 20)
            .build();
  }

  byte[] export(Signal signal, byte[] request) {
    return export(signal, request, null);
  }

  byte[] export(Signal signal, byte[] request, @Nullable String compression) {
    return ClientCalls.blockingUnaryCall(
        channel, method(signal), options().withCompression(compression), request);
  }

  ClientCall<byte[], byte[]> call(Signal signal) {
    return channel.newCall(method(signal), options());
  }

  /** A call whose every part is sent when it is said, as only streaming ones are. */
  ClientCall<byte[], byte[]> partedCall(Signal signal) {
    return channel.newCall(
        method(signal).toBuilder().setType(MethodType.BIDI_STREAMING).build(), options());
  }

  static MethodDescriptor<byte[], byte[]> method(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.Trace";
          case METRICS -> "metrics.v1.Metrics";
          case LOGS -> "logs.v1.Logs";
        };
    return method("opentelemetry.proto.collector." + service + "Service/Export");
  }

  static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(BYTES, BYTES)
        .setType(MethodType.UNARY)
        .setFullMethodName(name)
        .build();
  }

  static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      if (!channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the client does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Compresses in one go, or sends what begins with 0xff 0xff as it is, without these. */
  private record Sending(String name, Compressed how) implements Codec {
    @Override
    public String getMessageEncoding() {
      return name;
    }

    @Override
    public InputStream decompress(InputStream stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() throws IOException {
          byte[] plain = toByteArray();
          boolean asIs = plain.length > 1 && plain[0] == -1 && plain[1] == -1;
          if (asIs) {
            out.write(plain, 2, plain.length - 2);
          } else {
            out.write(how.of(plain));
          }
          out.close();
        }
      };
    }
  }

  private static final class Bytes implements Marshaller<byte[]> {
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
}
