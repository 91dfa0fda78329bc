package dev.sluice.ondisk;

import dev.sluice.config.GoDuration;
import dev.sluice.pipeline.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a command answers, and how it writes times.
 *
 * @param out the answer
 * @param err progress and problems
 */
public record Terminal(PrintStream out, PrintStream err, Clock clock) {
  void line(String format, Object... values) {
    out.printf(format + "\n", values);
  }

  /** A time as in RFC 3339, with milliseconds. */
  static String time(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A time and how long ago it is. */
  String timeAndAge(long epochNanos) {
    return time(epochNanos) + ", " + age(epochNanos) + " ago";
  }

  String age(long epochNanos) {
    long seconds = Math.max(0, (clock.epochNanos() - epochNanos) / 1_000_000_000L);
    return GoDuration.format(Duration.ofSeconds(seconds));
  }

  /** A number and its unit, which gets an s unless it is one. */
  static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
