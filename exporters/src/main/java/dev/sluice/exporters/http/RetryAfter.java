package dev.sluice.exporters.http;

import dev.sluice.pipeline.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header of RFC 9110, section 10.2.3: seconds, or a date. */
final class RetryAfter {
  /** A backend that asks for longer gets this: beyond it, a date is more likely a wrong clock. */
  static final long NANOS_MAX = Duration.ofHours(1).toNanos();

  private static final int SECONDS_DIGITS_MAX = 9;

  private RetryAfter() {}

  /** Nanoseconds from now, 0 for the past, or -1 for what is missing or cannot be read. */
  static long nanos(@Nullable String value, Clock clock) {
    if (value == null || value.isBlank()) {
      return -1;
    }
    String stripped = value.strip();
    return Character.isDigit(stripped.charAt(0)) ? seconds(stripped) : date(stripped, clock);
  }

  private static long seconds(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return -1;
      }
    }
    if (value.length() > SECONDS_DIGITS_MAX) {
      return NANOS_MAX;
    }
    return Math.min(NANOS_MAX, Duration.ofSeconds(Long.parseLong(value)).toNanos());
  }

  private static long date(String value, Clock clock) {
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      long now = clock.epochNanos();
      Duration wait = Duration.between(Instant.ofEpochSecond(0, now), then);
      if (wait.isNegative()) {
        return 0;
      }
      return wait.compareTo(Duration.ofNanos(NANOS_MAX)) > 0 ? NANOS_MAX : wait.toNanos();
    } catch (DateTimeParseException e) {
      return -1;
    }
  }
}
