package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Otlp.LogRecord;
import dev.sluice.otlp.Otlp.Span;
import dev.sluice.otlp.Signal;
import java.util.List;

/** A request with every field of every item: {@code verbosity: detailed}. */
final class DetailedText {
  private static final String[] SPAN_KINDS = {
    "Unspecified", "Internal", "Server", "Client", "Producer", "Consumer"
  };
  private static final String[] STATUS_CODES = {"Unset", "Ok", "Error"};
  private static final String[] SEVERITIES = {
    "Unspecified",
    "Trace",
    "Trace2",
    "Trace3",
    "Trace4",
    "Debug",
    "Debug2",
    "Debug3",
    "Debug4",
    "Info",
    "Info2",
    "Info3",
    "Info4",
    "Warn",
    "Warn2",
    "Warn3",
    "Warn4",
    "Error",
    "Error2",
    "Error3",
    "Error4",
    "Fatal",
    "Fatal2",
    "Fatal3",
    "Fatal4"
  };

  private final TextLines lines = new TextLines();

  private DetailedText() {}

  static String of(Signal signal, Fields request) {
    DetailedText detailed = new DetailedText();
    int number = 0;
    for (Fields resource : request.messages(Otlp.ExportRequest.RESOURCE)) {
      detailed.resource(signal, resource, number++);
    }
    return detailed.lines.toString();
  }

  private void resource(Signal signal, Fields resource, int number) {
    String name =
        switch (signal) {
          case TRACES -> "ResourceSpans";
          case METRICS -> "ResourceMetrics";
          case LOGS -> "ResourceLog";
        };
    lines.line(name + " #" + number);
    lines.line("Resource SchemaURL", resource.text(Otlp.ResourceEnvelope.SCHEMA_URL));
    Fields about = resource.message(Otlp.ResourceEnvelope.RESOURCE);
    lines.attributes("Resource attributes", about.messages(Otlp.Resource.ATTRIBUTES));
    lines.nonZero(
        "Resource DroppedAttributesCount", about.varint(Otlp.Resource.DROPPED_ATTRIBUTES_COUNT));
    entities(about.messages(Otlp.Resource.ENTITY_REFS));
    int scopeNumber = 0;
    for (Fields scope : resource.messages(Otlp.ResourceEnvelope.SCOPE)) {
      scope(signal, scope, scopeNumber++);
    }
  }

  private void entities(List<Fields> entities) {
    if (entities.isEmpty()) {
      return;
    }
    lines.line("Resource entity refs:");
    int number = 0;
    for (Fields entity : entities) {
      lines.line("     -> Entity ref #" + number++ + ":");
      lines.line("          -> Type", entity.text(Otlp.EntityRef.TYPE));
      String schema = entity.text(Otlp.EntityRef.SCHEMA_URL);
      if (!schema.isEmpty()) {
        lines.line("          -> Schema URL", schema);
      }
      keys("          -> ID keys:", entity.texts(Otlp.EntityRef.ID_KEYS));
      keys("          -> Description keys:", entity.texts(Otlp.EntityRef.DESCRIPTION_KEYS));
    }
  }

  private void keys(String header, List<String> keys) {
    if (!keys.isEmpty()) {
      lines.line(header);
      keys.forEach(key -> lines.line("               -> " + key));
    }
  }

  private void scope(Signal signal, Fields scope, int number) {
    String name =
        switch (signal) {
          case TRACES -> "ScopeSpans";
          case METRICS -> "ScopeMetrics";
          case LOGS -> "ScopeLogs";
        };
    lines.line(name + " #" + number);
    lines.line(name + " SchemaURL", scope.text(Otlp.ScopeEnvelope.SCHEMA_URL));
    Fields about = scope.message(Otlp.ScopeEnvelope.SCOPE);
    lines.line(
        "InstrumentationScope "
            + about.text(Otlp.InstrumentationScope.NAME)
            + " "
            + about.text(Otlp.InstrumentationScope.VERSION));
    lines.attributes(
        "InstrumentationScope attributes", about.messages(Otlp.InstrumentationScope.ATTRIBUTES));
    lines.nonZero(
        "InstrumentationScope DroppedAttributesCount",
        about.varint(Otlp.InstrumentationScope.DROPPED_ATTRIBUTES_COUNT));
    int itemNumber = 0;
    for (Fields item : scope.messages(Otlp.ScopeEnvelope.ITEMS)) {
      switch (signal) {
        case TRACES -> span(item, itemNumber++);
        case METRICS -> DetailedMetrics.append(lines, item, itemNumber++);
        case LOGS -> log(item, itemNumber++);
      }
    }
  }

  private void span(Fields span, int number) {
    lines.line("Span #" + number);
    lines.padded("Trace ID", span.hex(Span.TRACE_ID));
    lines.padded("Parent ID", span.hex(Span.PARENT_SPAN_ID));
    lines.padded("ID", span.hex(Span.SPAN_ID));
    lines.padded("Name", span.text(Span.NAME));
    lines.padded("Kind", TextLines.named(span.varint(Span.KIND), SPAN_KINDS));
    String state = span.text(Span.TRACE_STATE);
    if (!state.isEmpty()) {
      lines.padded("TraceState", state);
    }
    lines.padded("Start time", TextLines.time(span.fixed64(Span.START_TIME_UNIX_NANO)));
    lines.padded("End time", TextLines.time(span.fixed64(Span.END_TIME_UNIX_NANO)));
    Fields status = span.message(Span.STATUS);
    lines.padded("Status code", TextLines.named(status.varint(Otlp.Status.CODE), STATUS_CODES));
    lines.padded("Status message", status.text(Otlp.Status.MESSAGE));
    lines.padded("DroppedAttributesCount", span.varint(Span.DROPPED_ATTRIBUTES_COUNT));
    lines.padded("DroppedEventsCount", span.varint(Span.DROPPED_EVENTS_COUNT));
    lines.padded("DroppedLinksCount", span.varint(Span.DROPPED_LINKS_COUNT));
    if (span.fixed32(Span.FLAGS) != 0) {
      lines.padded("Flags", Integer.toUnsignedString(span.fixed32(Span.FLAGS)));
    }
    lines.attributes("Attributes", span.messages(Span.ATTRIBUTES));
    events(span.messages(Span.EVENTS));
    links(span.messages(Span.LINKS));
  }

  private void events(List<Fields> events) {
    if (events.isEmpty()) {
      return;
    }
    lines.line("Events:");
    int number = 0;
    for (Fields event : events) {
      lines.line("SpanEvent #" + number++);
      lines.line("     -> Name", event.text(Span.Event.NAME));
      lines.line("     -> Timestamp", TextLines.time(event.fixed64(Span.Event.TIME_UNIX_NANO)));
      lines.line(
          "     -> DroppedAttributesCount", event.varint(Span.Event.DROPPED_ATTRIBUTES_COUNT));
      lines.attributes("     -> Attributes:", event.messages(Span.Event.ATTRIBUTES));
    }
  }

  private void links(List<Fields> links) {
    if (links.isEmpty()) {
      return;
    }
    lines.line("Links:");
    int number = 0;
    for (Fields link : links) {
      lines.line("SpanLink #" + number++);
      lines.line("     -> Trace ID", link.hex(Span.Link.TRACE_ID));
      lines.line("     -> ID", link.hex(Span.Link.SPAN_ID));
      lines.line("     -> TraceState", link.text(Span.Link.TRACE_STATE));
      lines.line("     -> DroppedAttributesCount", link.varint(Span.Link.DROPPED_ATTRIBUTES_COUNT));
      lines.nonZero("     -> Flags", Integer.toUnsignedLong(link.fixed32(Span.Link.FLAGS)));
      lines.attributes("     -> Attributes:", link.messages(Span.Link.ATTRIBUTES));
    }
  }

  private void log(Fields log, int number) {
    lines.line("LogRecord #" + number);
    lines.line("ObservedTimestamp", TextLines.time(log.fixed64(LogRecord.OBSERVED_TIME_UNIX_NANO)));
    lines.line("Timestamp", TextLines.time(log.fixed64(LogRecord.TIME_UNIX_NANO)));
    lines.line("SeverityText", log.text(LogRecord.SEVERITY_TEXT));
    long severity = log.varint(LogRecord.SEVERITY_NUMBER);
    lines.line("SeverityNumber", TextLines.named(severity, SEVERITIES) + "(" + severity + ")");
    String event = log.text(LogRecord.EVENT_NAME);
    if (!event.isEmpty()) {
      lines.line("EventName", event);
    }
    lines.line("Body", Values.typed(log.message(LogRecord.BODY)));
    lines.attributes("Attributes", log.messages(LogRecord.ATTRIBUTES));
    lines.nonZero("DroppedAttributesCount", log.varint(LogRecord.DROPPED_ATTRIBUTES_COUNT));
    lines.line("Trace ID", log.hex(LogRecord.TRACE_ID));
    lines.line("Span ID", log.hex(LogRecord.SPAN_ID));
    lines.line("Flags", Integer.toUnsignedString(log.fixed32(LogRecord.FLAGS)));
  }
}
