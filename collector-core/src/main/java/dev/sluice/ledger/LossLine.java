package dev.sluice.ledger;

import dev.sluice.ledger.LossRecord.Kind;
import dev.sluice.otlp.Signal;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A loss as a line of JSON. What a line has beside what is known here is passed over, so that an
 * older version reads what a newer one wrote. Any thread.
 */
final class LossLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  private LossLine() {}

  /** The line, with its end. */
  static String write(LossRecord loss) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeNumberProperty("at", loss.epochNanos());
      json.writeStringProperty("kind", loss.kind().name());
      json.writeStringProperty("signal", loss.signal().name());
      json.writeStringProperty("pipeline", loss.pipeline());
      json.writeStringProperty("exporter", loss.exporter());
      json.writeStringProperty("rule", loss.rule());
      json.writeStringProperty("reason", loss.reason());
      json.writeStringProperty("file", loss.file());
      json.writeNumberProperty("items", loss.items());
      json.writeNumberProperty("among", loss.among());
      json.writeArrayPropertyStart("subjects");
      loss.subjects().forEach(subject -> json.writeString(subject.line()));
      json.writeEndArray();
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }

  /** The loss of a line, or null when the line is damaged. */
  static @Nullable LossRecord read(String line) {
    Map<String, String> texts = new HashMap<>();
    List<Subject> subjects = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          readSubjects(json, subjects);
        } else {
          texts.put(name, json.getString());
        }
      }
      return record(texts, subjects);
    } catch (JacksonException | IllegalArgumentException e) {
      return null;
    }
  }

  private static void readSubjects(JsonParser json, List<Subject> subjects) {
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      subjects.add(Subject.ofLine(json.getString()));
    }
  }

  /** Throws IllegalArgumentException when a field is missing or makes no sense. */
  private static LossRecord record(Map<String, String> texts, List<Subject> subjects) {
    return new LossRecord(
        Long.parseLong(text(texts, "at")),
        Kind.valueOf(text(texts, "kind")),
        Signal.valueOf(text(texts, "signal")),
        "",
        text(texts, "pipeline"),
        text(texts, "exporter"),
        text(texts, "rule"),
        text(texts, "reason"),
        text(texts, "file"),
        Integer.parseInt(text(texts, "items")),
        Integer.parseInt(text(texts, "among")),
        subjects);
  }

  private static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return text;
  }
}
