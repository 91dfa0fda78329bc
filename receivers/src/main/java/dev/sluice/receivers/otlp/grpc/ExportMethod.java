package dev.sluice.receivers.otlp.grpc;

import dev.sluice.otlp.Signal;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceProto;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The {@code Export} method of each signal's OTLP service, over bytes: a request is handed on as
 * the stream that it is, so that it is copied once, where it is wanted. Stateless.
 *
 * <p>The proto's own descriptors are loaded only when someone asks the reflection service.
 */
final class ExportMethod {
  private static final Marshaller<InputStream> REQUEST = new Stream();
  private static final Marshaller<byte[]> RESPONSE = new Bytes();

  private ExportMethod() {}

  static ServerServiceDefinition service(
      Signal signal, ServerCallHandler<InputStream, byte[]> handler) {
    String name = serviceName(signal);
    MethodDescriptor<InputStream, byte[]> export =
        MethodDescriptor.newBuilder(REQUEST, RESPONSE)
            .setType(MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, "Export"))
            .build();
    ServiceDescriptor descriptor =
        ServiceDescriptor.newBuilder(name)
            .setSchemaDescriptor(schema(signal))
            .addMethod(export)
            .build();
    return ServerServiceDefinition.builder(descriptor).addMethod(export, handler).build();
  }

  static String serviceName(Signal signal) {
    return switch (signal) {
      case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService";
      case METRICS -> "opentelemetry.proto.collector.metrics.v1.MetricsService";
      case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService";
    };
  }

  private static ProtoFileDescriptorSupplier schema(Signal signal) {
    return switch (signal) {
      case TRACES -> TraceServiceProto::getDescriptor;
      case METRICS -> MetricsServiceProto::getDescriptor;
      case LOGS -> LogsServiceProto::getDescriptor;
    };
  }

  /** Requests; valid until the call's listener returns from the message. */
  private static final class Stream implements Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
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
