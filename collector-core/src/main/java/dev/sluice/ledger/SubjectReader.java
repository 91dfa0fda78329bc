package dev.sluice.ledger;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.WireReader;
import java.util.List;

/** Walks a request for the subjects of its items. One use, one thread. */
final class SubjectReader {
  /** Of a log record's body that is kept as text. */
  static final int BODY_CHARACTERS_MAX = 120;

  private final Telemetry telemetry;
  private final SubjectWriter out;
  private final WireReader request = new WireReader();
  private final WireReader resource = new WireReader();
  private final WireReader scope = new WireReader();
  private final WireReader item = new WireReader();
  private final WireReader data = new WireReader();
  private final WireReader point = new WireReader();
  private final WireReader value = new WireReader();

  /** Of the resource that the walk is in, as labels of series. */
  private String serviceLabels = "";

  private SubjectReader(Telemetry telemetry) {
    this.telemetry = telemetry;
    out = new SubjectWriter(telemetry.signal());
  }

  /** The subjects of all items, in the order of the items, in pieces of bounded size. */
  static List<Subjects> read(Telemetry telemetry) {
    SubjectReader reader = new SubjectReader(telemetry);
    reader.resources();
    return reader.out.subjects();
  }

  private void resources() {
    request.reset(telemetry.bytes(), 0, telemetry.size());
    while (request.next()) {
      if (request.field() == Otlp.ExportRequest.RESOURCE) {
        if (telemetry.signal() == Signal.METRICS) {
          int size = request.enter(resource).limit() - resource.position();
          serviceLabels = serviceLabels(resource);
          resource.reset(telemetry.bytes(), request.position() - size, size);
        } else {
          request.enter(resource);
        }
        scopes();
      } else {
        request.skip();
      }
    }
  }

  private String serviceLabels(WireReader envelope) {
    StringBuilder labels = new StringBuilder();
    while (envelope.next()) {
      if (envelope.field() != Otlp.ResourceEnvelope.RESOURCE) {
        envelope.skip();
        continue;
      }
      envelope.enter(item);
      while (item.next()) {
        if (item.field() == Otlp.Resource.ATTRIBUTES) {
          SeriesText.addServiceLabel(item.enter(value), labels);
        } else {
          item.skip();
        }
      }
    }
    return labels.toString();
  }

  private void scopes() {
    while (resource.next()) {
      if (resource.field() != Otlp.ResourceEnvelope.SCOPE) {
        resource.skip();
        continue;
      }
      resource.enter(scope);
      while (scope.next()) {
        if (scope.field() == Otlp.ScopeEnvelope.ITEMS) {
          scope.enter(item);
          item();
        } else {
          scope.skip();
        }
      }
    }
  }

  private void item() {
    switch (telemetry.signal()) {
      case TRACES -> span();
      case LOGS -> logRecord();
      case METRICS -> metric();
    }
  }

  private void span() {
    int length = 0;
    while (item.next()) {
      if (item.field() == Otlp.Span.TRACE_ID) {
        length = item.length(); // it comes first
        break;
      }
      item.skip();
    }
    out.trace(telemetry.bytes(), item.position() - length, length);
  }

  private void logRecord() {
    long hash = 0;
    String text = "";
    while (item.next()) {
      if (item.field() == Otlp.LogRecord.BODY) {
        item.enter(value);
        int offset = value.position();
        hash = ValueText.hash(telemetry.bytes(), offset, value.limit() - offset);
        text = ValueText.of(value, BODY_CHARACTERS_MAX);
      } else {
        item.skip();
      }
    }
    out.text(hash, text);
  }

  private void metric() {
    int offset = item.position();
    int length = item.limit() - offset;
    String name = "";
    while (item.next()) {
      if (item.field() == Otlp.Metric.NAME) {
        name = item.string();
      } else {
        item.skip();
      }
    }
    item.reset(telemetry.bytes(), offset, length);
    while (item.next()) {
      switch (item.field()) {
        case Otlp.Metric.GAUGE, Otlp.Metric.SUM -> points(name, Otlp.NumberDataPoint.ATTRIBUTES);
        case Otlp.Metric.HISTOGRAM -> points(name, Otlp.HistogramDataPoint.ATTRIBUTES);
        case Otlp.Metric.EXPONENTIAL_HISTOGRAM ->
            points(name, Otlp.ExponentialHistogramDataPoint.ATTRIBUTES);
        case Otlp.Metric.SUMMARY -> points(name, Otlp.SummaryDataPoint.ATTRIBUTES);
        default -> item.skip();
      }
    }
  }

  /** The points of a metric; {@code attributes} is the field of a point that has its attributes. */
  private void points(String name, int attributes) {
    item.enter(data);
    while (data.next()) {
      if (data.field() != Otlp.MetricData.DATA_POINTS) {
        data.skip();
        continue;
      }
      data.enter(point);
      StringBuilder labels = new StringBuilder(serviceLabels);
      while (point.next()) {
        if (point.field() == attributes) {
          SeriesText.addLabel(point.enter(value), labels);
        } else {
          point.skip();
        }
      }
      String series = SeriesText.of(name, labels);
      out.text(ValueText.hash(series), SeriesText.cut(series));
    }
  }
}
