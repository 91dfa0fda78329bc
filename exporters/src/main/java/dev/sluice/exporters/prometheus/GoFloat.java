package dev.sluice.exporters.prometheus;

import java.math.BigDecimal;

/** Text of doubles as Go writes it. Not on the hot path. */
final class GoFloat {
  private static final double PLAIN_MIN = 1e-6;
  private static final double PLAIN_MAX = 1e21;

  private GoFloat() {}

  /** The shortest plain decimal, never with an exponent: {@code strconv.FormatFloat(x,'f',-1)}. */
  static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** As Go's JSON encoder: plain where it is short, otherwise with an exponent. */
  static String json(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= PLAIN_MIN && size < PLAIN_MAX)) {
      return plain(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = decimal.precision() - decimal.scale() - 1;
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }

  /** The text of a value that is no finite number. */
  static String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "+Inf" : "-Inf";
  }

  /** A {@code uint64} as the nearest double. */
  static double unsigned(long value) {
    if (value >= 0) {
      return (double) value;
    }
    return (double) ((value >>> 1) | (value & 1)) * 2;
  }
}
