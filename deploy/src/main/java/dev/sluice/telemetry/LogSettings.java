package dev.sluice.telemetry;

/** How log lines are written: {@code service::telemetry::logs}. */
public record LogSettings(Level level, Encoding encoding) {
  public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Encoding.CONSOLE);

  /** The least severe level that is written. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** The form of a line. */
  public enum Encoding {
    CONSOLE,
    JSON
  }
}
