package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.pipeline.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reliability test 16: both forms of the header. */
class RetryAfterTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public long epochNanos() {
          return Duration.between(Instant.EPOCH, Instant.parse("2026-11-23T10:00:00Z")).toNanos();
        }
      };

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "' 120 ', 120",
    "3601, 3600",
    "99999999999999999999, 3600",
    "'Mon, 23 Nov 2026 10:00:30 GMT', 30",
    "'Mon, 23 Nov 2026 09:00:00 GMT', 0",
    "'Fri, 23 Nov 2035 10:00:00 GMT', 3600",
  })
  void readsSecondsAndDates(String value, long seconds) {
    assertEquals(Duration.ofSeconds(seconds).toNanos(), RetryAfter.nanos(value, CLOCK));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"NULL", "''", "soon", "-5", "7s", "1.5", "'Mon, 99 Nov 2026 10:00:30 GMT'"},
      nullValues = "NULL")
  void whatCannotBeReadAsksForNothing(String value) {
    assertEquals(-1, RetryAfter.nanos(value, CLOCK));
  }
}
