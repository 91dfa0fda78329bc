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

  /** The smallest number with one digit more than the index; 0 has one digit. */
  private static final long[] POWERS = powers();

  private static final int EXPONENT_FROM = 21;
  private static final int EXPONENT_BELOW = -6;

  private DecimalText() {}

  private static long[] powers() {
    long[] powers = new long[19];
    long power = 1;
    for (int i = 1; i < powers.length; i++) {
      power *= 10;
      powers[i] = power;
    }
    return powers;
  }

  /** Writes an integer; allocates nothing. */
  static void write(long value, WireWriter out) {
    if (value == Long.MIN_VALUE) {
      out.raw(MIN_LONG, 0, MIN_LONG.length);
      return;
    }
    if (value < 0) {
      out.rawByte('-');
    }
    long magnitude = Math.abs(value);
    int digits = digits(magnitude);
    write(magnitude, digits, out.reserve(digits), out.size());
    out.advance(digits);
  }

  /** How many digits a number that is not negative has. */
  static int digits(long value) {
    int less = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
    return value >= POWERS[less] ? less + 1 : less;
  }

  /** Writes a number that is not negative and has so many {@link #digits}, from {@code at} on. */
  static void write(long value, int digits, byte[] target, int at) {
    long rest = value;
    for (int end = at + digits - 1; end >= at; end--) {
      long tens = rest / 10;
      target[end] = (byte) ('0' + rest - tens * 10);
      rest = tens;
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
