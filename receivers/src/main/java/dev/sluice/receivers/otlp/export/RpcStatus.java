package dev.sluice.receivers.otlp.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.otlp.WireWriter;
import java.util.concurrent.TimeUnit;

/**
 * A {@code google.rpc.Status}, as errors are told in OTLP: the body over HTTP, a trailer over gRPC.
 *
 * @param code a {@code google.rpc.Code}
 * @param retryAfterNanos when to come again, told as a {@code RetryInfo}; 0 for no such promise
 */
public record RpcStatus(int code, String message, long retryAfterNanos) {
  public static final int UNKNOWN = 2;
  public static final int INVALID_ARGUMENT = 3;
  public static final int RESOURCE_EXHAUSTED = 8;
  public static final int INTERNAL = 13;
  public static final int UNAVAILABLE = 14;
  public static final int UNAUTHENTICATED = 16;

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  private static final int BYTES_USUAL = 128;
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  // google/rpc/status.proto, any.proto, error_details.proto, duration.proto
  private static final int STATUS_CODE = 1;
  private static final int STATUS_MESSAGE = 2;
  private static final int STATUS_DETAILS = 3;
  private static final int ANY_TYPE_URL = 1;
  private static final int ANY_VALUE = 2;
  private static final int RETRY_INFO_DELAY = 1;
  private static final int DURATION_SECONDS = 1;
  private static final int DURATION_NANOS = 2;

  public byte[] protobuf() {
    WireWriter writer = new WireWriter(BYTES_USUAL);
    writer.varint(STATUS_CODE, code);
    writer.string(STATUS_MESSAGE, message);
    if (retryAfterNanos > 0) {
      int details = writer.begin(STATUS_DETAILS);
      writer.string(ANY_TYPE_URL, RETRY_INFO);
      int info = writer.begin(ANY_VALUE);
      int delay = writer.begin(RETRY_INFO_DELAY);
      writer.varint(DURATION_SECONDS, retryAfterNanos / NANOS_PER_SECOND);
      writer.varint(DURATION_NANOS, retryAfterNanos % NANOS_PER_SECOND);
      writer.end(delay);
      writer.end(info);
      writer.end(details);
    }
    return writer.toByteArray();
  }

  public byte[] json() {
    StringBuilder json = new StringBuilder(BYTES_USUAL);
    json.append("{\"code\":").append(code).append(",\"message\":");
    JsonText.append(json, message);
    if (retryAfterNanos > 0) {
      json.append(",\"details\":[{\"@type\":\"").append(RETRY_INFO).append("\",\"retryDelay\":\"");
      json.append(retryAfterNanos / NANOS_PER_SECOND);
      long nanos = retryAfterNanos % NANOS_PER_SECOND;
      if (nanos > 0) {
        json.append('.').append(Long.toString(NANOS_PER_SECOND + nanos), 1, 10);
      }
      json.append("s\"}]");
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  public byte[] encoded(Format format) {
    return format == Format.JSON ? json() : protobuf();
  }
}
