package dev.sluice.pipeline;

import dev.sluice.config.Section;
import java.time.Duration;

/**
 * What an exporter keeps when it cannot deliver: Sluice's own keys of {@code sending_queue}.
 *
 * @param overflow what happens when its share of the ring is full and another exporter has room
 * @param maxAge what is older is given up; zero, the default, keeps everything that has room
 */
public record Retention(Overflow overflow, Duration maxAge) {
  public static final Retention DEFAULTS = new Retention(Overflow.DROP_OLDEST, Duration.ZERO);

  /** What gives way when there is no room. */
  public enum Overflow {
    /** The exporter's oldest: it falls behind and the others go on. */
    DROP_OLDEST,
    /** The request: nothing is lost here, and the other exporters wait as well. */
    REFUSE
  }

  /** Reads {@code overflow} and {@code max_age}. */
  public static Retention read(Section section) {
    return new Retention(
        section.choice("overflow", DEFAULTS.overflow),
        section.duration("max_age", DEFAULTS.maxAge));
  }
}
