package dev.sluice.it;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.sluice.otlp.Signal;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Sends OTLP messages as they are, over one transport, and says what was answered. */
interface OtlpClient extends AutoCloseable {
  /** What became of a request, as far as its sender can know. */
  sealed interface Outcome {
    /** The receiver has it. */
    record Accepted() implements Outcome {}

    /**
     * The receiver has not taken it.
     *
     * @param retryable whether the answer told to come again, and when, as the protocol says
     * @param answer for a person
     */
    record Refused(boolean retryable, String answer) implements Outcome {}

    /** There was no answer. */
    record Unanswered(String reason) implements Outcome {}
  }

  Outcome send(MessageLite request);

  @Override
  void close();

  /** Sends what must be accepted. */
  default void deliver(MessageLite request) {
    Assertions.assertEquals(new Outcome.Accepted(), send(request));
  }

  /** The signal of a request. */
  static Signal signal(MessageLite request) {
    return switch (request) {
      case ExportTraceServiceRequest _ -> Signal.TRACES;
      case ExportMetricsServiceRequest _ -> Signal.METRICS;
      case ExportLogsServiceRequest _ -> Signal.LOGS;
      default -> throw new IllegalArgumentException(request.getClass().toString());
    };
  }

  /** Protobuf over HTTP/1.1; {@code root} is the URL before {@code /v1/…}. */
  static OtlpClient http(String root) {
    return new OtlpClient() {
      @Override
      public Outcome send(MessageLite request) {
        try {
          return judge(
              Http.post(
                  root + "/v1/" + signal(request).label(),
                  request.toByteArray(),
                  "Content-Type",
                  "application/x-protobuf"));
        } catch (UncheckedIOException e) {
          return new Outcome.Unanswered(e.toString());
        }
      }

      @Override
      public void close() {}
    };
  }

  private static Outcome judge(Http.Answer answer) {
    if (answer.status() == 200) {
      return new Outcome.Accepted();
    }
    boolean later = answer.status() == 503 || answer.status() == 429;
    return new Outcome.Refused(
        later && answer.header("retry-after").matches("[0-9]+"),
        answer.status() + " Retry-After " + answer.header("retry-after") + " " + status(answer));
  }

  private static String status(Http.Answer answer) {
    try {
      return Status.parseFrom(answer.body()).getMessage();
    } catch (InvalidProtocolBufferException e) {
      return answer.text();
    }
  }

  /** gRPC without TLS; {@code target} is host:port. */
  static OtlpClient grpc(String target) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    return new OtlpClient() {
      @Override
      public Outcome send(MessageLite request) {
        try {
          call(channel, request);
          return new Outcome.Accepted();
        } catch (StatusRuntimeException e) {
          return judge(e);
        }
      }

      @Override
      public void close() {
        channel.shutdownNow();
      }
    };
  }

  private static void call(ManagedChannel channel, MessageLite request) {
    switch (request) {
      case ExportTraceServiceRequest traces ->
          TraceServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .export(traces);
      case ExportMetricsServiceRequest metrics ->
          MetricsServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .export(metrics);
      case ExportLogsServiceRequest logs ->
          LogsServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .export(logs);
      default -> throw new IllegalArgumentException(request.getClass().toString());
    }
  }

  private static Outcome judge(StatusRuntimeException e) {
    Status status = StatusProto.fromThrowable(e);
    boolean retryInfo =
        status != null
            && status.getDetailsList().stream().anyMatch(detail -> detail.is(RetryInfo.class));
    boolean unavailable = e.getStatus().getCode() == io.grpc.Status.Code.UNAVAILABLE;
    if (unavailable && !retryInfo && e.getStatus().getCause() != null) {
      return new Outcome.Unanswered(e.toString());
    }
    return new Outcome.Refused(
        unavailable && retryInfo, e.getStatus() + (retryInfo ? " with RetryInfo" : ""));
  }
}
