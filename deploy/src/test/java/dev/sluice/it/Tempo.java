package dev.sluice.it;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.time.Duration;

/**
 * Asks a Tempo.
 *
 * @param url its root
 * @param otlpGrpc its OTLP over gRPC, as host:port
 * @param otlpHttp the root of its OTLP over HTTP
 */
record Tempo(String url, String otlpGrpc, String otlpHttp) {
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** The trace as the OTLP message that Tempo keeps; without resources when it has none. */
  TracesData trace(String traceId) throws InvalidProtocolBufferException {
    Http.Answer answer = Http.get(url + "/api/traces/" + traceId, "Accept", "application/protobuf");
    return switch (answer.status()) {
      case 200 -> TracesData.parseFrom(answer.body());
      case 404 -> TracesData.getDefaultInstance();
      default -> throw new IllegalStateException("Tempo answered " + answer);
    };
  }
}
