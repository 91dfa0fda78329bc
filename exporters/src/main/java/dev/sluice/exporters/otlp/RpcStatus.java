package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A {@code google.rpc.Status}, with its {@code google.rpc.RetryInfo} when it has one.
 *
 * @param message for a person, on one line; may be empty
 * @param retryDelayNanos what RetryInfo asks for; -1 without one
 */
public record RpcStatus(String message, long retryDelayNanos) {
  /** What cannot be read. */
  public static final RpcStatus NONE = new RpcStatus("", -1);

  private static final String RETRY_INFO = "/google.rpc.RetryInfo";

  /** A peer that asks for longer gets this. */
  private static final long SECONDS_MAX = TimeUnit.HOURS.toSeconds(1);

  // Fields of google.rpc.Status, google.protobuf.Any, google.rpc.RetryInfo and Duration.
  private static final int STATUS_MESSAGE = 2;
  private static final int STATUS_DETAILS = 3;
  private static final int ANY_TYPE_URL = 1;
  private static final int ANY_VALUE = 2;
  private static final int RETRY_INFO_DELAY = 1;
  private static final int DURATION_SECONDS = 1;
  private static final int DURATION_NANOS = 2;

  /** Reads the protobuf encoding; {@link #NONE} when it cannot. */
  public static RpcStatus ofProto(byte[] bytes) {
    try {
      return read(new WireReader().reset(bytes, 0, bytes.length));
    } catch (MalformedException | IndexOutOfBoundsException _) {
      return NONE;
    }
  }

  private static RpcStatus read(WireReader status) {
    String message = "";
    long delayNanos = -1;
    while (status.next()) {
      boolean bytes = status.wireType() == WireReader.LEN;
      if (bytes && status.field() == STATUS_MESSAGE) {
        message = utf8(status);
      } else if (bytes && status.field() == STATUS_DETAILS) {
        delayNanos = Math.max(delayNanos, detail(status.enter(new WireReader())));
      } else {
        status.skip();
      }
    }
    return new RpcStatus(HttpAnswer.line(message), delayNanos);
  }

  private static long detail(WireReader any) {
    String type = "";
    long delayNanos = -1;
    while (any.next()) {
      if (any.wireType() == WireReader.LEN && any.field() == ANY_TYPE_URL) {
        type = utf8(any);
      } else if (any.wireType() == WireReader.LEN
          && any.field() == ANY_VALUE
          && type.endsWith(RETRY_INFO)) {
        delayNanos = retryInfo(any.enter(new WireReader()));
      } else {
        any.skip();
      }
    }
    return delayNanos;
  }

  private static long retryInfo(WireReader info) {
    long delayNanos = 0;
    while (info.next()) {
      if (info.wireType() == WireReader.LEN && info.field() == RETRY_INFO_DELAY) {
        delayNanos = duration(info.enter(new WireReader()));
      } else {
        info.skip();
      }
    }
    return delayNanos;
  }

  private static long duration(WireReader duration) {
    long seconds = 0;
    long nanos = 0;
    while (duration.next()) {
      switch (duration.wireType() == WireReader.VARINT ? duration.field() : 0) {
        case DURATION_SECONDS -> seconds = duration.varint();
        case DURATION_NANOS -> nanos = duration.varint();
        default -> duration.skip();
      }
    }
    if (seconds >= SECONDS_MAX) {
      return TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    }
    return Math.max(
        0, TimeUnit.SECONDS.toNanos(Math.max(0, seconds)) + Math.clamp(nanos, 0, 999_999_999));
  }

  private static String utf8(WireReader reader) {
    int length = reader.length();
    return new String(reader.array(), reader.position() - length, length, StandardCharsets.UTF_8);
  }
}
