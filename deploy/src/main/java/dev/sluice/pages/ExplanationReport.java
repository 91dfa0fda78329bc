package dev.sluice.pages;

import dev.sluice.ledger.Completeness;
import dev.sluice.ledger.Coverage;
import dev.sluice.ledger.Event;
import dev.sluice.ledger.Explanation;
import dev.sluice.ledger.Fate;
import dev.sluice.pipeline.PipelineStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** An explanation as JSON. */
final class ExplanationReport {
  private ExplanationReport() {}

  static String write(Explanation explanation, List<PipelineStatus> now) {
    return Json.object(json -> {
      json.writeStringProperty("asked", explanation.question().asked());
      json.writeStringProperty("fate", word(explanation.fate()));
      json.writeStringProperty("summary", Story.summary(explanation));
      json.writeObjectPropertyStart("fates");
      for (Map.Entry<String, Fate> fate : explanation.fates().entrySet()) {
        json.writeStringProperty(fate.getKey(), word(fate.getValue()));
      }
      json.writeEndObject();
      json.writeArrayPropertyStart("events");
      explanation.events().forEach(event -> event(json, event));
      json.writeEndArray();
      json.writeNumberProperty("events_left_out", explanation.eventsLeftOut());
      json.writeObjectPropertyStart("rests_on");
      completeness(json, "losses", explanation.losses());
      completeness(json, "refusals", explanation.refusals());
      json.writeArrayPropertyStart("samples");
      explanation.samples().forEach(coverage -> coverage(json, coverage));
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayPropertyStart("now");
      now.forEach(pipeline -> now(json, pipeline));
      json.writeEndArray();
    });
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void event(JsonGenerator json, Event event) {
    json.writeStartObject();
    json.writeStringProperty("at", StatusReport.instant(event.epochNanos()).toString());
    json.writeStringProperty("what", word(event.what()));
    text(json, "receiver", event.receiver());
    text(json, "pipeline", event.pipeline());
    text(json, "exporter", event.exporter());
    text(json, "subject", event.subject());
    json.writeNumberProperty("items", event.items());
    if (event.among() != event.items()) {
      json.writeNumberProperty("among", event.among());
    }
    if (event.requests() > 0) {
      json.writeNumberProperty("requests", event.requests());
    }
    text(json, "rule", event.rule());
    text(json, "reason", event.reason());
    text(json, "file", event.file());
    json.writeEndObject();
  }

  /** What does not apply is left out. */
  private static void text(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }

  private static void completeness(JsonGenerator json, String name, Completeness part) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("since", StatusReport.instant(part.sinceNanos()).toString());
    json.writeBooleanProperty("complete", part.isWhole());
    json.writeNumberProperty("unnamed_items", part.unnamedItems());
    json.writeNumberProperty("damaged_lines", part.damagedLines());
    json.writeArrayPropertyStart("unreadable");
    part.unreadable().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void coverage(JsonGenerator json, Coverage coverage) {
    json.writeStartObject();
    json.writeStringProperty("pipeline", coverage.pipeline());
    json.writeNumberProperty("sampled", coverage.sampled());
    json.writeNumberProperty("of", coverage.requests());
    json.writeStringProperty("since", StatusReport.instant(coverage.sinceNanos()).toString());
    json.writeEndObject();
  }

  private static void now(JsonGenerator json, PipelineStatus pipeline) {
    for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
      json.writeStartObject();
      json.writeStringProperty("pipeline", pipeline.id());
      json.writeStringProperty("exporter", exporter.id());
      json.writeNumberProperty("held", exporter.held());
      json.writeNumberProperty("oldest_age_seconds", exporter.oldestAgeNanos() / 1e9);
      json.writeBooleanProperty("failing", exporter.failing());
      json.writeStringProperty("last_error", exporter.lastError());
      json.writeEndObject();
    }
  }
}
