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
      new RetrySettings(
          true, Duration.ofSeconds(5), 1.5, Duration.ofSeconds(30), Duration.ZERO);

  /** The same with another first interval. */
  public RetrySettings withInitialInterval(Duration interval) {
    return new RetrySettings(enabled, interval, multiplier, maxInterval, maxElapsed);
  }

  /** Reads a {@code retry_on_failure} section. */
  static RetrySettings read(Section section, RetrySettings defaults) {
    boolean enabled = section.bool("enabled", true);
    Duration initial = section.duration("initial_interval", defaults.initialInterval);
    double multiplier = section.number("multiplier", defaults.multiplier);
    if (multiplier < 1) {
      section.problem("multiplier", "must be at least 1, so that delays do not shrink");
    }
    double randomization = section.number("randomization_factor", 0.5);
    if (randomization < 0 || randomization > 1) {
      section.problem("randomization_factor", "must be from 0 to 1 (delays have full jitter anyway)");
    }
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
    double interval = initialInterval.toNanos() * Math.pow(multiplier, Math.min(attempt - 1, 100));
    return (long) (Math.min(interval, maxInterval.toNanos()) * random);
  }
}
