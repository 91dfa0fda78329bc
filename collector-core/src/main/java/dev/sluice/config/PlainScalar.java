package dev.sluice.config;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a plain (unquoted) YAML scalar its type, as the Collector's parser does.
 *
 * <p>That parser is gopkg.in/yaml.v3 decoding into {@code any}: YAML 1.2's booleans, so {@code yes}
 * and {@code on} are strings; YAML 1.1's integers, so {@code 0777} is octal and {@code 1_000} is a
 * thousand. Timestamps stay strings here: no key of a component takes one.
 */
final class PlainScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
  private static final Set<String> INFINITIES = Set.of(".inf", ".Inf", ".INF");
  private static final Set<String> NANS = Set.of(".nan", ".NaN", ".NAN");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private PlainScalar() {}

  static @Nullable Object typed(String text) {
    if (NULLS.contains(text)) {
      return null;
    }
    if (TRUES.contains(text)) {
      return true;
    }
    if (FALSES.contains(text)) {
      return false;
    }
    return mayBeNumber(text.charAt(0)) ? number(text) : text;
  }

  private static boolean mayBeNumber(char first) {
    return (first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.';
  }

  private static Object number(String text) {
    String plain = text.replace("_", "");
    Number integer = integer(plain);
    if (integer != null) {
      return integer;
    }
    if (FLOAT.matcher(plain).matches()) {
      return Double.valueOf(plain);
    }
    return special(text);
  }

  private static @Nullable Number integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = radix(digits);
    String bare = digits.substring(prefixLength(digits, radix));
    if (bare.isEmpty() || !allDigits(bare, radix)) {
      return null;
    }
    BigInteger value = new BigInteger(negative ? "-" + bare : bare, radix);
    if (value.bitLength() > 64) {
      return null;
    }
    return value.bitLength() < 64 ? Long.valueOf(value.longValue()) : value;
  }

  private static int radix(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static int prefixLength(String digits, int radix) {
    return switch (radix) {
      case 10 -> 0;
      case 8 -> digits.charAt(1) == 'o' || digits.charAt(1) == 'O' ? 2 : 1;
      default -> 2;
    };
  }

  private static boolean allDigits(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Object special(String text) {
    boolean negative = text.startsWith("-");
    String bare = negative || text.startsWith("+") ? text.substring(1) : text;
    if (INFINITIES.contains(bare)) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return NANS.contains(text) ? (Object) Double.NaN : text;
  }
}
