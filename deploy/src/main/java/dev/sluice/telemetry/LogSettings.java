package dev.sluice.telemetry;

import dev.sluice.config.Section;
import java.util.Locale;

/** How log lines are written: {@code service::telemetry::logs}. */
public record LogSettings(Level level, Encoding encoding) {
  public static final LogSettings DEFAULTS = new LogSettings(Level.INFO, Encoding.CONSOLE);

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

  static LogSettings read(Section section) {
    for (String key :
        new String[] {
          "development",
          "disable_caller",
          "disable_stacktrace",
          "sampling",
          "output_paths",
          "error_output_paths",
          "initial_fields",
          "processors"
        }) {
      section.unsupported(key, "logs go to standard error, and speak of changes of state only");
    }
    return new LogSettings(level(section), section.choice("encoding", DEFAULTS.encoding));
  }

  private static Level level(Section section) {
    String level = section.string("level", "info").toLowerCase(Locale.ROOT);
    return switch (level) {
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warn" -> Level.WARN;
      case "error", "dpanic", "panic", "fatal" -> Level.ERROR;
      default -> {
        section.problem("level", "must be debug, info, warn or error, not \"" + level + "\"");
        yield Level.INFO;
      }
    };
  }
}
