package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Signal;
import java.util.List;

/** A request with one line a span, data point or log record: {@code verbosity: normal}. */
final class NormalText {
  private final StringBuilder text = new StringBuilder();

  private NormalText() {}

  static String of(Signal signal, Fields request) {
    NormalText normal = new NormalText();
    int number = 0;
    for (Fields resource : request.messages(Otlp.ExportRequest.RESOURCE)) {
      normal.resource(signal, resource, number++);
    }
    return normal.text.toString();
  }

  private void resource(Signal signal, Fields resource, int number) {
    String schema = resource.text(Otlp.ResourceEnvelope.SCHEMA_URL);
    text.append(resourceName(signal)).append(" #").append(number);
    text.append(schema.isEmpty() ? "" : " [" + schema + "]");
    Fields about = resource.message(Otlp.ResourceEnvelope.RESOURCE);
    attributes(about.messages(Otlp.Resource.ATTRIBUTES));
    text.append('\n');
    int scopeNumber = 0;
    for (Fields scope : resource.messages(Otlp.ResourceEnvelope.SCOPE)) {
      scope(signal, scope, scopeNumber++);
    }
  }

  private void scope(Signal signal, Fields scope, int number) {
    Fields about = scope.message(Otlp.ScopeEnvelope.SCOPE);
    String version = about.text(Otlp.InstrumentationScope.VERSION);
    String schema = scope.text(Otlp.ScopeEnvelope.SCHEMA_URL);
    String name =
        about.text(Otlp.InstrumentationScope.NAME)
            + (version.isEmpty() ? "" : "@" + version)
            + (schema.isEmpty() ? "" : " [" + schema + "]");
    text.append(scopeName(signal)).append(" #").append(number);
    text.append(name.isEmpty() ? "" : " " + name.strip());
    attributes(about.messages(Otlp.InstrumentationScope.ATTRIBUTES));
    text.append('\n');
    for (Fields item : scope.messages(Otlp.ScopeEnvelope.ITEMS)) {
      switch (signal) {
        case TRACES -> span(item);
        case METRICS -> NormalMetrics.append(text, item);
        case LOGS -> log(item);
      }
    }
  }

  private void span(Fields span) {
    text.append(span.text(Otlp.Span.NAME));
    text.append(' ').append(span.hex(Otlp.Span.TRACE_ID));
    text.append(' ').append(span.hex(Otlp.Span.SPAN_ID));
    attributes(span.messages(Otlp.Span.ATTRIBUTES));
    text.append('\n');
  }

  private void log(Fields log) {
    text.append(Values.text(log.message(Otlp.LogRecord.BODY)));
    attributes(log.messages(Otlp.LogRecord.ATTRIBUTES));
    text.append('\n');
  }

  private void attributes(List<Fields> attributes) {
    for (String pair : Values.pairs(attributes)) {
      text.append(' ').append(pair);
    }
  }

  private static String resourceName(Signal signal) {
    return switch (signal) {
      case TRACES -> "ResourceTraces";
      case METRICS -> "ResourceMetrics";
      case LOGS -> "ResourceLog";
    };
  }

  private static String scopeName(Signal signal) {
    return switch (signal) {
      case TRACES -> "ScopeTraces";
      case METRICS -> "ScopeMetrics";
      case LOGS -> "ScopeLog";
    };
  }
}
