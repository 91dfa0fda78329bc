package dev.sluice.pipeline;

import dev.sluice.config.Section;
import java.time.Duration;

/**
 * How delays between attempts grow: the Collector's {@code retry_on_failure}, with full jitter
 * instead of {@code randomization_factor}.
 *
 * @param enabled false gives up after the first attempt
 * @param maxElapsed gives up after this; zero, our default, never gives up
 */
public record RetrySettings(
    boolean enabled,
    Duration initialInterval,
    double multiplier,
    Duration maxInterval,
    Duration maxElapsed) {
  public static final RetrySettings DEFAULTS =
      new RetrySettings(true, Duration.ofSeconds(5), 1.5, Duration.ofSeconds(30), Duration.ZERO);

  /** The same with another first interval. */
  public RetrySettings withInitialInterval(Duration interval) {
    return new RetrySettings(enabled, interval, multiplier, maxInterval, maxElapsed);
  }

  /** Reads a {@code retry_on_failure} section. */
  static RetrySettings read(Section section, RetrySettings defaults) {
    boolean enabled = section.bool("enabled", true);
    Duration initial = section.duration("initial_interval", defaults.initialInterval);
    double multiplier = section.number("multiplier", defaults.multiplier, 1, 100);
    // Accepted for the Collector's sake: delays have full jitter anyway.
    section.number("randomization_factor", 0.5, 0, 1);
    Duration maxInterval = section.duration("max_interval", defaults.maxInterval);
    Duration maxElapsed = section.duration("max_elapsed_time", defaults.maxElapsed);
    return new RetrySettings(enabled, initial, multiplier, maxInterval, maxElapsed);
  }

  /**
   * The delay before attempt {@code attempt + 1}, in nanoseconds: anything up to an interval that
   * grows with each attempt.
   *
   * @param random from 0 to 1
   */
  long delayNanos(int attempt, double random) {
    double interval =
        (double) initialInterval.toNanos() * Math.pow(multiplier, Math.min(attempt - 1, 100));
    return (long) (Math.min(interval, (double) maxInterval.toNanos()) * random);
  }
}
