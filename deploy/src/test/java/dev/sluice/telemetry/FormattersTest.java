package dev.sluice.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class FormattersTest {
  private static final Instant TIME = Instant.parse("2026-11-23T19:58:00.123456Z");

  private final Formatter console = Logs.formatter(LogSettings.Encoding.CONSOLE);
  private final Formatter json = Logs.formatter(LogSettings.Encoding.JSON);

  @Test
  void consoleIsOneLineWithTimeLevelAndSource() {
    assertEquals(
        "2026-11-23T19:58:00.123Z\tinfo\tpipeline.Sender\tdelivering again\n",
        console.format(record(Level.INFO, "dev.sluice.pipeline.Sender", "delivering again")));
    assertEquals(
        "2026-11-23T19:58:00.123Z\terror\tio.netty.X\tno\n",
        console.format(record(Level.SEVERE, "io.netty.X", "no")));
  }

  @Test
  void whatAPeerSentCannotForgeALine() {
    LogRecord record = record(Level.WARNING, "a", "said: x\n2026 error\tboom\r\u001b[31m");
    assertEquals(
        "2026-11-23T19:58:00.123Z\twarn\ta\tsaid: x\\n2026 error\\tboom\\r\\u001b[31m\n",
        console.format(record));
    assertEquals(
        "{\"level\":\"warn\",\"ts\":\"2026-11-23T19:58:00.123Z\",\"logger\":\"a\","
            + "\"msg\":\"said: x\\n2026 error\\tboom\\r\\u001B[31m\"}\n",
        json.format(record));
  }

  @Test
  void whatWasThrownFollows() {
    LogRecord record = record(Level.SEVERE, "dev.sluice.Main", "broken");
    record.setThrown(new IllegalStateException("why"));
    String text = console.format(record);
    assertTrue(text.contains("\tbroken\njava.lang.IllegalStateException: why\n\tat "), text);
    String object = json.format(record);
    assertEquals(1, object.lines().count());
    assertTrue(object.contains("\"stacktrace\":\"java.lang.IllegalStateException: why\\n"), object);
  }

  @Test
  void debugIsTheNameOfEverythingFiner() {
    assertTrue(json.format(record(Level.FINEST, "a", "b")).contains("\"level\":\"debug\""));
  }

  private static LogRecord record(Level level, String logger, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(logger);
    record.setInstant(TIME);
    return record;
  }
}
