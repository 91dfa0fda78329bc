package dev.sluice.otlp;

import dev.sluice.otlp.Field.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads numbers as the JSON mapping of protobuf has them: integers as digits or as a decimal that
 * is whole, in the range of their kind. Stateless: any thread.
 */
final class JsonNumbers {
  /** Longer texts are refused: reading them would cost more than their length. */
  private static final int TEXT_MAX = 1_000;

  private static final int FAST_DIGITS_MAX = 18;
  private static final int UNSIGNED_DIGITS_MAX = 20;
  private static final long UINT32_MAX = 0xffff_ffffL;

  private JsonNumbers() {}

  /**
   * The bits of an integer of a kind.
   *
   * @throws NumberFormatException when the text is no number
   * @throws ArithmeticException when it is not whole or out of range
   */
  static long integer(Kind kind, char[] text, int offset, int length) {
    boolean negative = length > 0 && text[offset] == '-';
    int start = negative ? offset + 1 : offset;
    int end = offset + length;
    if (start == end || end - start > FAST_DIGITS_MAX) {
      return slowInteger(kind, text, offset, length);
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return slowInteger(kind, text, offset, length);
      }
      value = value * 10 + digit;
    }
    return inRange(kind, negative ? -value : value);
  }

  /** The value when a kind can hold it. */
  static long inRange(Kind kind, long value) {
    boolean fits =
        switch (kind) {
          case ENUM, INT32, SINT32 -> value == (int) value;
          case UINT32, FIXED32 -> value >= 0 && value <= UINT32_MAX;
          case UINT64, FIXED64 -> value >= 0;
          default -> true;
        };
    if (!fits) {
      throw new ArithmeticException("is out of range");
    }
    return value;
  }

  /**
   * A double from its text: a finite one, or by name one of those that JSON has no number for.
   *
   * @throws NumberFormatException when the text is no number
   * @throws ArithmeticException when it is out of range
   */
  static double float64(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text);
    };
  }

  private static double parsed(String text) {
    if (text.length() > TEXT_MAX) {
      throw new NumberFormatException("is too long");
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException("is no number");
      }
    }
    return finite(Double.parseDouble(text));
  }

  static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new ArithmeticException("is out of range");
    }
    return value;
  }

  private static long slowInteger(Kind kind, char[] text, int offset, int length) {
    if (length > TEXT_MAX) {
      throw new NumberFormatException("is too long");
    }
    BigDecimal value = new BigDecimal(text, offset, length);
    if (kind != Kind.UINT64 && kind != Kind.FIXED64) {
      return inRange(kind, value.longValueExact());
    }
    // The check before keeps 1e999999999 from becoming an integer of as many digits.
    if ((long) value.precision() - value.scale() > UNSIGNED_DIGITS_MAX) {
      throw new ArithmeticException("is out of range");
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.signum() < 0 || whole.bitLength() > Long.SIZE) {
      throw new ArithmeticException("is out of range");
    }
    return whole.longValue();
  }
}
