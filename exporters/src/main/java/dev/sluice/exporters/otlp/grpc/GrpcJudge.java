package dev.sluice.exporters.otlp.grpc;

import dev.sluice.exporters.http.ConnectionFailure;
import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.exporters.otlp.RpcStatus;
import dev.sluice.pipeline.ExportResult;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Says what a gRPC status means for a batch.
 *
 * <p>The specification's retryable codes are retried. Where it drops, we do not when the answer
 * speaks of our configuration (the data is held) or comes from the transport and not from the peer
 * (it is retried), nor when a peer is exhausted and did not say until when.
 */
final class GrpcJudge {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final String ANSWER_TOO_LARGE =
      "exceeds maximum size " + Channels.ANSWER_BYTES_MAX;

  private GrpcJudge() {}

  static ExportResult judge(String target, Status status, @Nullable Metadata trailers) {
    String reason = reason(target, status);
    return switch (status.getCode()) {
      case UNAVAILABLE -> unavailable(target, status, trailers);
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, DATA_LOSS ->
          new ExportResult.Retry(reason, delayNanos(trailers));
      case RESOURCE_EXHAUSTED -> exhausted(reason, trailers);
      case INVALID_ARGUMENT -> new ExportResult.Permanent(reason, true);
      case UNAUTHENTICATED -> new ExportResult.Hold(reason + "; check the credentials in headers");
      case PERMISSION_DENIED ->
          new ExportResult.Hold(reason + "; the credentials in headers are not enough");
      case UNIMPLEMENTED, NOT_FOUND ->
          new ExportResult.Hold(
              reason
                  + "; no OTLP/gRPC receiver of this signal: check endpoint, and that the peer takes"
                  + " it and the compression");
      case INTERNAL, UNKNOWN ->
          isOfTransport(status)
              ? new ExportResult.Retry(reason, -1)
              : new ExportResult.Permanent(reason, false);
      case FAILED_PRECONDITION, ALREADY_EXISTS, OK -> new ExportResult.Permanent(reason, false);
    };
  }

  private static ExportResult unavailable(
      String target, Status status, @Nullable Metadata trailers) {
    Throwable cause = status.getCause();
    return cause == null
        ? new ExportResult.Retry(reason(target, status), delayNanos(trailers))
        : ConnectionFailure.judge(target, cause);
  }

  private static ExportResult exhausted(String reason, @Nullable Metadata trailers) {
    long delayNanos = delayNanos(trailers);
    if (delayNanos >= 0) {
      return new ExportResult.Retry(reason, delayNanos);
    }
    if (reason.contains(ANSWER_TOO_LARGE)) {
      return new ExportResult.Hold(reason + "; that is no OTLP answer: check endpoint");
    }
    return isTooLarge(reason)
        ? new ExportResult.Permanent(reason, true)
        : new ExportResult.Retry(reason, -1);
  }

  /** The words of grpc-go and grpc-java, which have no code of their own for it. */
  private static boolean isTooLarge(String reason) {
    return reason.contains("larger than max") || reason.contains("exceeds maximum size");
  }

  /** A status that gRPC made here has a cause, or names what HTTP/2 said. */
  private static boolean isOfTransport(Status status) {
    String description = status.getDescription();
    return status.getCause() != null
        || (description != null && description.contains("HTTP/2 error code"));
  }

  private static long delayNanos(@Nullable Metadata trailers) {
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    return details == null ? -1 : RpcStatus.ofProto(details).retryDelayNanos();
  }

  private static String reason(String target, Status status) {
    String description = status.getDescription();
    String answered = target + " answered " + status.getCode();
    return description == null ? answered : answered + ": " + HttpAnswer.line(description);
  }
}
