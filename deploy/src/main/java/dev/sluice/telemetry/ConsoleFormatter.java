package dev.sluice.telemetry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line for a person: time in UTC, level, who speaks, and what. A stack trace follows on lines
 * of its own. Control characters in a message are escaped, so that what a peer sent cannot forge a
 * line. Thread-safe.
 */
final class ConsoleFormatter extends Formatter {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(record.getInstant(), line);
    line.append('\t').append(Logs.name(record.getLevel())).append('\t');
    line.append(source(record)).append('\t');
    appendEscaped(line, formatMessage(record));
    line.append('\n');
    if (record.getThrown() != null) {
      line.append(stackTrace(record.getThrown()));
    }
    return line.toString();
  }

  /** Who speaks: our own packages without their common beginning. */
  static String source(LogRecord record) {
    String name = record.getLoggerName();
    if (name == null) {
      return "";
    }
    return name.startsWith("dev.sluice.") ? name.substring("dev.sluice.".length()) : name;
  }

  static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static void appendEscaped(StringBuilder line, String message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
  }
}
