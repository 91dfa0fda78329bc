package dev.sluice.otlp;

import java.nio.charset.StandardCharsets;

/**
 * JSON numbers with a fraction or an exponent, as doubles. Hot path: allocates only for numbers of
 * more than 15 digits or with an exponent. Stateless.
 */
final class JsonDecimals {
  /** The number has neither fraction nor exponent. */
  static final int WHOLE = -1;

  private static final int NUMBER_BYTES_MAX = 500;

  /** Digits that are exact in a double, as is the power of ten that then divides them. */
  private static final int EXACT_DIGITS_MAX = 15;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private JsonDecimals() {}

  /** Where the number at {@code json[start]} ends, or {@link #WHOLE}. */
  static int end(byte[] json, int start) {
    int whole = byteAt(json, start) == '-' ? start + 1 : start;
    int point = endOfDigits(json, whole);
    int end = byteAt(json, point) == '.' ? endOfDigits(json, point + 1) : point;
    if ((byteAt(json, end) | 0x20) == 'e') {
      int sign = byteAt(json, end + 1);
      end = endOfDigits(json, sign == '-' || sign == '+' ? end + 2 : end + 1);
    } else if (end == point) {
      return WHOLE;
    }
    boolean zeros = json[whole] == '0' && point - whole > 1;
    if (zeros || end - start > NUMBER_BYTES_MAX) {
      throw new NotPlainException();
    }
    return end;
  }

  /** Where a run of at least one digit ends. */
  private static int endOfDigits(byte[] json, int from) {
    int end = from;
    while (end < json.length && json[end] >= '0' && json[end] <= '9') {
      end++;
    }
    if (end == from) {
      throw new NotPlainException();
    }
    return end;
  }

  private static int byteAt(byte[] json, int index) {
    return index < json.length ? json[index] : 0;
  }

  /** The value of {@code json[start, end)}, which {@link #end} has found. */
  static double float64(byte[] json, int start, int end) {
    boolean negative = json[start] == '-';
    int whole = negative ? start + 1 : start;
    int fraction = 0;
    long value = 0;
    boolean exact = end - whole <= EXACT_DIGITS_MAX + 1;
    for (int i = whole; exact && i < end; i++) {
      if (json[i] == '.') {
        fraction = i + 1;
      } else {
        value = value * 10 + json[i] - '0';
        exact = json[i] <= '9';
      }
    }
    if (!exact) {
      return Double.parseDouble(new String(json, start, end - start, StandardCharsets.US_ASCII));
    }
    double magnitude = value / POWERS[end - fraction];
    return negative ? -magnitude : magnitude;
  }
}
