package dev.sluice.telemetry;

import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object a line, with the Collector's keys: {@code level}, {@code ts}, {@code logger},
 * {@code msg}, and {@code stacktrace} when something was thrown. Thread-safe.
 */
final class JsonFormatter extends Formatter {
  private final JsonFactory json = new JsonFactory();

  @Override
  public String format(LogRecord record) {
    StringWriter line = new StringWriter(200);
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), line)) {
      generator.writeStartObject();
      generator.writeStringProperty("level", Logs.name(record.getLevel()));
      generator.writeStringProperty("ts", ConsoleFormatter.TIME.format(record.getInstant()));
      generator.writeStringProperty("logger", ConsoleFormatter.source(record));
      generator.writeStringProperty("msg", formatMessage(record));
      if (record.getThrown() != null) {
        generator.writeStringProperty(
            "stacktrace", ConsoleFormatter.stackTrace(record.getThrown()));
      }
      generator.writeEndObject();
    }
    return line.append('\n').toString();
  }
}
