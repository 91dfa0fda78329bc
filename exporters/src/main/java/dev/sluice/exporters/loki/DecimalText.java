package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as text, as Go's {@code encoding/json} and the Collector's {@code AsString} print them:
 * the shortest decimal that reads back, with an exponent below 1e-6 and from 1e21.
 */
final class DecimalText {
  private static final byte[] MIN_LONG =
      Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.UTF_8);
  private static final int EXPONENT_FROM = 21;
  private static final int EXPONENT_BELOW = -6;

  private DecimalText() {}

  /** Writes an integer; allocates nothing. */
  static void write(long value, WireWriter out) {
    if (value == Long.MIN_VALUE) {
      out.raw(MIN_LONG, 0, MIN_LONG.length);
      return;
    }
    if (value < 0) {
      out.rawByte('-');
    }
    long rest = Math.abs(value);
    long unit = 1;
    while (rest / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.rawByte('0' + (int) (rest / unit % 10));
    }
  }

  /** The text of a double; NaN and the infinities are {@code NaN}, {@code Infinity}. */
  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= EXPONENT_BELOW && exponent < EXPONENT_FROM) {
      return sign + shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign
        + digits.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }
}
