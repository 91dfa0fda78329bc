package dev.sluice.exporters.prometheus;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The translation written as plainly as can be, from the generated classes and without any cache:
 * what the translator is held against. Strings as attributes, cumulative numbers, classic
 * histograms and summaries only.
 */
final class Reference {
  private static final MetricNamer METRICS =
      new MetricNamer("", TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
  private static final LabelNamer LABELS =
      new LabelNamer(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);

  private record Sample(long millis, double value) {}

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  private Reference() {}

  /** The lines of the requests together, sorted. */
  static List<String> lines(List<ExportMetricsServiceRequest> requests) {
    Reference reference = new Reference();
    for (ExportMetricsServiceRequest request : requests) {
      for (ResourceMetrics resource : request.getResourceMetricsList()) {
        for (ScopeMetrics scope : resource.getScopeMetricsList()) {
          for (Metric metric : scope.getMetricsList()) {
            reference.add(resource, scope, metric);
          }
        }
      }
    }
    List<String> lines = new ArrayList<>();
    reference.samples.forEach((series, found) -> {
      found.sort(Comparator.comparingLong(Sample::millis));
      for (Sample sample : new LinkedHashSet<>(found)) {
        lines.add(series + " " + text(sample.value) + " @" + sample.millis);
      }
    });
    lines.sort(null);
    return lines;
  }

  private void add(ResourceMetrics resource, ScopeMetrics scope, Metric metric) {
    for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
      number(resource, scope, metric, MetricKind.GAUGE, point);
    }
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      boolean counter = metric.getSum().getIsMonotonic();
      MetricKind kind = counter ? MetricKind.COUNTER : MetricKind.NON_MONOTONIC_SUM;
      number(resource, scope, metric, kind, point);
    }
    for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
      histogram(resource, scope, metric, point);
    }
    for (SummaryDataPoint point : metric.getSummary().getDataPointsList()) {
      summary(resource, scope, metric, point);
    }
  }

  private void number(
      ResourceMetrics resource,
      ScopeMetrics scope,
      Metric metric,
      MetricKind kind,
      NumberDataPoint point) {
    double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    String name = METRICS.build(metric.getName(), metric.getUnit(), kind);
    Map<String, String> labels = labels(resource, scope, point.getAttributesList());
    sample(name, labels, point.getTimeUnixNano(), value);
  }

  private void histogram(
      ResourceMetrics resource, ScopeMetrics scope, Metric metric, HistogramDataPoint point) {
    String name = METRICS.build(metric.getName(), metric.getUnit(), MetricKind.HISTOGRAM);
    Map<String, String> labels = labels(resource, scope, point.getAttributesList());
    long time = point.getTimeUnixNano();
    if (point.hasSum()) {
      sample(name + "_sum", labels, time, point.getSum());
    }
    sample(name + "_count", labels, time, point.getCount());
    long count = 0;
    for (int i = 0; i < point.getExplicitBoundsCount(); i++) {
      count += point.getBucketCounts(i);
      labels.put("le", GoFloat.plain(point.getExplicitBounds(i)));
      sample(name + "_bucket", labels, time, count);
    }
    labels.put("le", "+Inf");
    sample(name + "_bucket", labels, time, point.getCount());
  }

  private void summary(
      ResourceMetrics resource, ScopeMetrics scope, Metric metric, SummaryDataPoint point) {
    String name = METRICS.build(metric.getName(), metric.getUnit(), MetricKind.SUMMARY);
    Map<String, String> labels = labels(resource, scope, point.getAttributesList());
    long time = point.getTimeUnixNano();
    sample(name + "_sum", labels, time, point.getSum());
    sample(name + "_count", labels, time, point.getCount());
    for (SummaryDataPoint.ValueAtQuantile pair : point.getQuantileValuesList()) {
      labels.put("quantile", GoFloat.plain(pair.getQuantile()));
      sample(name, labels, time, pair.getValue());
    }
  }

  private void sample(String name, Map<String, String> labels, long timeNanos, double value) {
    List<String> pairs = new ArrayList<>();
    labels.forEach((label, text) -> pairs.add(label + "=\"" + text + "\""));
    String series = name + "{" + String.join(", ", pairs) + "}";
    samples
        .computeIfAbsent(series, _ -> new ArrayList<>())
        .add(new Sample(timeNanos / 1_000_000, value));
  }

  private static Map<String, String> labels(
      ResourceMetrics resource, ScopeMetrics scope, List<KeyValue> attributes) {
    Map<String, String> labels = new TreeMap<>();
    List<KeyValue> sorted = new ArrayList<>(attributes);
    sorted.sort(Comparator.comparing(KeyValue::getKey));
    for (KeyValue attribute : sorted) {
      String name = LABELS.build(attribute.getKey());
      String value = attribute.getValue().getStringValue();
      String before = labels.get(name);
      if (!value.isEmpty()) {
        labels.put(name, before == null || before.equals(value) ? value : before + ";" + value);
      }
    }
    String service = resource(resource, "service.name");
    String namespace = resource(resource, "service.namespace");
    if (!service.isEmpty()) {
      labels.put("job", namespace.isEmpty() ? service : namespace + "/" + service);
    }
    if (!scope.getScope().getName().isEmpty()) {
      labels.put("otel_scope_name", scope.getScope().getName());
    }
    return labels;
  }

  private static String resource(ResourceMetrics resource, String key) {
    for (KeyValue attribute : resource.getResource().getAttributesList()) {
      if (attribute.getKey().equals(key)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
