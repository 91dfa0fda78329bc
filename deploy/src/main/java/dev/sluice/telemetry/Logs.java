package dev.sluice.telemetry;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of the process: what SLF4J takes, through java.util.logging, one line a record.
 *
 * <p>Our own loggers follow the configured level. Libraries speak only when they warn, since their
 * information is about single connections; at debug they speak one level up.
 */
public final class Logs {
  private static final String OURS = "dev.sluice";

  /** Held here because java.util.logging forgets the level of a logger that nobody holds. */
  private final List<Logger> loggers;

  private Logs(List<Logger> loggers) {
    this.loggers = loggers;
  }

  /** Sends the whole process's log to {@code stream}, replacing whatever was set up before. */
  public static Logs install(LogSettings settings, PrintStream stream) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    Logger ours = Logger.getLogger(OURS);
    boolean debug = settings.level() == LogSettings.Level.DEBUG;
    root.setLevel(debug ? Level.INFO : Level.WARNING);
    ours.setLevel(level(settings.level()));
    root.addHandler(new LineHandler(formatter(settings.encoding()), stream));
    return new Logs(List.of(root, ours));
  }

  /** Whether a record of this level by one of our own classes is written. */
  public boolean writes(Level level) {
    return loggers.getLast().isLoggable(level);
  }

  static Formatter formatter(LogSettings.Encoding encoding) {
    return switch (encoding) {
      case CONSOLE -> new ConsoleFormatter();
      case JSON -> new JsonFormatter();
    };
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR -> Level.SEVERE;
    };
  }

  /** The name of a level as the Collector writes it. */
  static String name(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }

  /** Writes whole lines, each at once. */
  private static final class LineHandler extends Handler {
    private final PrintStream stream;

    LineHandler(Formatter formatter, PrintStream stream) {
      this.stream = stream;
      setFormatter(formatter);
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        stream.print(getFormatter().format(record));
        stream.flush();
      }
    }

    @Override
    public void flush() {
      stream.flush();
    }

    @Override
    public void close() {
      stream.flush();
    }
  }
}
