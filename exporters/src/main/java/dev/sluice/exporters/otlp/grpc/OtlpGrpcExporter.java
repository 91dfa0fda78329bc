package dev.sluice.exporters.otlp.grpc;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.exporters.http.Redaction;
import dev.sluice.exporters.otlp.Advice;
import dev.sluice.exporters.otlp.PartialSuccess;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;

/**
 * Sends one signal to an OTLP peer over gRPC: one call a batch, which is its parts joined.
 * Thread-safe; each attempt blocks its thread, and an interrupt aborts it. Follows the <a
 * href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc">specification of OTLP/gRPC</a>.
 */
final class OtlpGrpcExporter implements Exporter {
  private static final long CLOSE_SECONDS_MAX = 2;

  private final String target;
  private final MethodDescriptor<Body, byte[]> method;
  private final CallOptions options;
  private final Compressor compressor;
  private final ManagedChannel channel;
  private final Redaction redaction;
  private final Advice advice;

  OtlpGrpcExporter(OtlpGrpcSettings settings, ExporterContext context) {
    target = settings.target();
    method = method(context.signal());
    options = options(settings);
    compressor = new Compressor(settings.compression(), Compressor.DEFAULT_LEVEL);
    channel = Channels.open(settings, context);
    redaction =
        new Redaction(
            settings.headers().values(), context.security().clientOrNull(settings.authenticator()));
    advice = new Advice(context.id());
  }

  private static CallOptions options(OtlpGrpcSettings settings) {
    CallOptions options = CallOptions.DEFAULT;
    if (settings.waitForReady()) {
      options = options.withWaitForReady();
    }
    return settings.compression() == Compression.NONE
        ? options
        : options.withCompression(Precompressed.encoding(settings.compression()));
  }

  private static MethodDescriptor<Body, byte[]> method(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService";
          case METRICS -> "opentelemetry.proto.collector.metrics.v1.MetricsService";
          case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService";
        };
    return MethodDescriptor.<Body, byte[]>newBuilder(new BodyMarshaller(), new AnswerMarshaller())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "Export"))
        .build();
  }

  @Override
  public Delivery prepare(Batch batch) {
    Body body = compressor.compress(Body.of(batch));
    return timeoutNanos -> attempt(batch, body, timeoutNanos);
  }

  private ExportResult attempt(Batch batch, Body body, long timeoutNanos) {
    // Our sender waits between attempts; gRPC's own waiting, up to two minutes, would come on top.
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    try {
      CallOptions bounded = options.withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS);
      byte[] answer = ClientCalls.blockingUnaryCall(channel, method, bounded, body);
      PartialSuccess partial = PartialSuccess.ofProto(answer);
      advice.hear(partial);
      return partial.delivered(batch);
    } catch (StatusRuntimeException e) {
      return Thread.currentThread().isInterrupted()
          ? new ExportResult.Retry(target + ": interrupted", -1)
          : GrpcJudge.judge(target, redacted(e.getStatus()), e.getTrailers());
    }
  }

  private Status redacted(Status status) {
    String description = status.getDescription();
    return description == null ? status : status.withDescription(redaction.of(description));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    compressor.close();
    try {
      if (!channel.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
