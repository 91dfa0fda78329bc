package dev.sluice.pages;

import dev.sluice.ledger.Conservation;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The conservation law as JSON. */
final class ConservationReport {
  private ConservationReport() {}

  static String write(Conservation law) {
    return Json.object(json -> {
      json.writeStringProperty("verdict", law.holds() ? "holds" : "broken");
      json.writeArrayPropertyStart("receivers");
      law.receivers().forEach(in -> receiver(json, in));
      json.writeEndArray();
      json.writeArrayPropertyStart("exporters");
      law.exporters().forEach(out -> exporter(json, out));
      json.writeEndArray();
    });
  }

  private static void receiver(JsonGenerator json, Conservation.In in) {
    json.writeStartObject();
    json.writeStringProperty("receiver", in.receiver());
    json.writeStringProperty("signal", in.signal().label());
    json.writeNumberProperty("accepted", in.accepted());
    json.writeNumberProperty("refused", in.refused());
    json.writeNumberProperty("unanswered", in.unanswered());
    json.writeNumberProperty("imbalance", in.imbalance());
    json.writeEndObject();
  }

  private static void exporter(JsonGenerator json, Conservation.Out out) {
    json.writeStartObject();
    json.writeStringProperty("pipeline", out.pipeline());
    json.writeStringProperty("exporter", out.exporter());
    json.writeNumberProperty("received", out.received());
    json.writeNumberProperty("accepted", out.accepted());
    json.writeNumberProperty("resumed", out.resumed());
    json.writeNumberProperty("delivered", out.delivered());
    json.writeObjectPropertyStart("dropped");
    for (Map.Entry<String, Long> rule : out.dropped().entrySet()) {
      json.writeNumberProperty(rule.getKey(), rule.getValue());
    }
    json.writeEndObject();
    json.writeNumberProperty("dead_lettered", out.deadLettered());
    json.writeNumberProperty("held", out.held());
    json.writeNumberProperty("imbalance", out.imbalance());
    json.writeEndObject();
  }
}
