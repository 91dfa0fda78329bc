package dev.sluice.ondisk;

import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A request on disk as one line of JSON, with what is known about it. Thread-safe. */
final class JsonLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine() {}

  /** Writes the properties, then signal, items, bytes, and the request as OTLP/JSON. */
  static void write(PrintStream out, Telemetry telemetry, Consumer<JsonGenerator> properties) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      properties.accept(json);
      json.writeStringProperty("signal", telemetry.signal().label());
      json.writeNumberProperty("items", telemetry.items());
      json.writeNumberProperty("bytes", telemetry.size());
      String problem = problem(telemetry);
      if (problem.isEmpty()) {
        json.writeName("request");
        ProtoToJson.write(json, telemetry);
      } else {
        json.writeStringProperty("malformed", problem);
      }
      json.writeEndObject();
    }
    line.write('\n');
    out.writeBytes(line.toByteArray());
    out.flush();
  }

  /** Why it is no request of its signal with so many items; empty when it is. */
  static String problem(Telemetry telemetry) {
    try {
      int items = Telemetry.parse(telemetry.signal(), telemetry.bytes()).items();
      return items == telemetry.items()
          ? ""
          : "it has %d items, and should have %d".formatted(items, telemetry.items());
    } catch (MalformedException e) {
      return "it is no OTLP request of " + telemetry.signal().label() + ": " + e.getMessage();
    }
  }
}
