package dev.sluice.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as Go writes them: {@code 300ms}, {@code 1.5s}, {@code 1h30m}, {@code 0}.
 *
 * <p>Follows {@code time.ParseDuration}: decimal numbers, each with a unit, optionally signed;
 * units ns, us (or µs), ms, s, m, h. At most about 292 years, what 64 bits of nanoseconds hold.
 */
public final class GoDuration {
  private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([a-zµμ]+)");
  private static final int LENGTH_MAX = 100;
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /** The duration that {@code text} says, or null when it says none. */
  public static @Nullable Duration tryParse(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String parts = signed ? text.substring(1) : text;
    if (parts.equals("0")) {
      return Duration.ZERO;
    }
    BigInteger nanos = parts.length() > LENGTH_MAX ? null : nanos(parts);
    if (nanos == null || nanos.bitLength() > 63) {
      return null;
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return text.startsWith("-") ? duration.negated() : duration;
  }

  /** Writes a duration as Go does: {@code 1h30m0s}, {@code 1.5s}, {@code 200ms}, {@code 0s}. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    String sign = duration.isNegative() ? "-" : "";
    Duration size = duration.abs();
    if (size.compareTo(Duration.ofSeconds(1)) < 0) {
      return sign + underOneSecond(size.toNanos());
    }
    String seconds = decimal(size.toSecondsPart() * 1_000_000_000L + size.toNanosPart(), 9) + "s";
    if (size.toHours() > 0) {
      return sign + size.toHours() + "h" + size.toMinutesPart() + "m" + seconds;
    }
    return sign + (size.toMinutes() > 0 ? size.toMinutes() + "m" : "") + seconds;
  }

  private static @Nullable BigInteger nanos(String parts) {
    Matcher matcher = PART.matcher(parts);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      Long unit = NANOS.get(matcher.group(2));
      if (unit == null) {
        return null;
      }
      nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = matcher.end();
    }
    return end == parts.length() && end > 0 ? nanos.toBigInteger() : null;
  }

  private static String underOneSecond(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
  }

  private static String decimal(long value, int scale) {
    return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
  }
}
