package dev.sluice.benchmarks.payload;

import com.google.protobuf.Message;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Makes OTLP requests as SDKs send them: two services, a resource of twelve attributes each, and
 * spans, log records or points as an instrumented web application makes them. The same seed gives
 * the same bytes. Used by one thread.
 *
 * <p>Item {@code i} of a request carries the id {@link #ID_BASE}{@code + i}: a span as its span id,
 * a log record as the sixteen hex digits that its body starts with, a point as its value (a
 * histogram's is its sum). Fields that a sender would fill with the present time hold {@link
 * #NOW_NANOS}. The load finds both by these values and replaces them.
 */
public final class Payloads {
  /** Ids start here: larger than any other value in a payload, and exact as a double. */
  public static final long ID_BASE = 1L << 52;

  /** Ids end here: above, a double skips integers. */
  public static final long ID_END = 1L << 53;

  /** The present time of a payload, nanoseconds since 1970. */
  public static final long NOW_NANOS = 1_767_225_723_456_789_012L;

  private final Random random;
  private final int items;

  /**
   * @param items of each request; traces are made of fours, logs and metrics of twos
   */
  public Payloads(long seed, int items) {
    if (items < 4 || items % 4 != 0) {
      throw new IllegalArgumentException("a payload has a multiple of four items, not " + items);
    }
    this.items = items;
    random = new Random(seed);
  }

  /** The next request of a signal. */
  public byte[] next(Signal signal) {
    return message(signal).toByteArray();
  }

  /** The next request of a signal, as OTLP/JSON. */
  public byte[] nextJson(Signal signal) {
    return ProtoToJson.request(nextTelemetry(signal));
  }

  /** The next request of a signal, as a pipeline holds it. */
  public Telemetry nextTelemetry(Signal signal) {
    return new Telemetry(signal, next(signal), items);
  }

  private Message message(Signal signal) {
    return switch (signal) {
      case TRACES -> new TracePayload(random).request(items);
      case LOGS -> new LogPayload(random).request(items);
      case METRICS -> new MetricPayload(random).request(items);
    };
  }

  /** The sixteen hex digits of an id, as ASCII text. */
  static String hex(long id) {
    return new String(hexDigits(id), StandardCharsets.US_ASCII);
  }

  private static byte[] hexDigits(long id) {
    byte[] digits = new byte[16];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) Character.forDigit((int) (id >>> (60 - 4 * i)) & 15, 16);
    }
    return digits;
  }
}
