package dev.sluice.benchmarks.reference;

import static dev.sluice.benchmarks.reference.GeneratedLokiPush.nested;
import static dev.sluice.benchmarks.reference.GeneratedLokiPush.text;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * OTLP gauges, sums and classic histograms to {@code prometheus.WriteRequest} 1.0: parse the
 * request into objects, labels by a sorted map, a series for each sample. No exemplars, no
 * metadata, no units in names, no series identity.
 */
public final class GeneratedRemoteWrite {
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();

  private GeneratedRemoteWrite() {}

  /** The write request of an OTLP request, uncompressed. */
  public static byte[] encode(byte[] otlp) throws IOException {
    GeneratedRemoteWrite writer = new GeneratedRemoteWrite();
    for (ResourceMetrics resource :
        ExportMetricsServiceRequest.parseFrom(otlp).getResourceMetricsList()) {
      Map<String, String> attributes =
          GeneratedLokiPush.attributes(resource.getResource().getAttributesList());
      Map<String, String> labels = new TreeMap<>();
      labels.put("job", attributes.get("service.namespace") + "/" + attributes.get("service.name"));
      labels.put("instance", attributes.getOrDefault("service.instance.id", ""));
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          writer.metric(metric, labels);
        }
      }
    }
    return writer.request.toByteArray();
  }

  private void metric(Metric metric, Map<String, String> resource) throws IOException {
    String name = metric.getName().replace('.', '_');
    for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
      series(
          name, labels(resource, point.getAttributesList()), value(point), point.getTimeUnixNano());
    }
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      series(
          name + "_total",
          labels(resource, point.getAttributesList()),
          value(point),
          point.getTimeUnixNano());
    }
    for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
      histogram(name, labels(resource, point.getAttributesList()), point);
    }
  }

  private void histogram(String name, Map<String, String> labels, HistogramDataPoint point)
      throws IOException {
    long nanos = point.getTimeUnixNano();
    series(name + "_count", labels, (double) point.getCount(), nanos);
    series(name + "_sum", labels, point.getSum(), nanos);
    long count = 0;
    for (int i = 0; i < point.getBucketCountsCount(); i++) {
      count += point.getBucketCounts(i);
      boolean last = i == point.getExplicitBoundsCount();
      labels.put("le", last ? "+Inf" : Double.toString(point.getExplicitBounds(i)));
      series(name + "_bucket", labels, (double) count, nanos);
    }
  }

  private static double value(NumberDataPoint point) {
    return point.hasAsDouble() ? point.getAsDouble() : (double) point.getAsInt();
  }

  private static Map<String, String> labels(
      Map<String, String> resource, List<KeyValue> attributes) {
    Map<String, String> labels = new TreeMap<>(resource);
    GeneratedLokiPush.attributes(attributes)
        .forEach((key, value) -> labels.put(key.replace('.', '_'), value));
    return labels;
  }

  private void series(String name, Map<String, String> labels, double value, long nanos)
      throws IOException {
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    label(series, "__name__", name);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      label(series, label.getKey(), label.getValue());
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(sample, 32);
    out.writeDouble(1, value);
    out.writeInt64(2, nanos / 1_000_000);
    out.flush();
    nested(series, 2, sample);
    nested(request, 1, series);
  }

  private static void label(ByteArrayOutputStream series, String name, String value)
      throws IOException {
    ByteArrayOutputStream label = new ByteArrayOutputStream();
    text(label, 1, name);
    text(label, 2, value);
    nested(series, 1, label);
  }
}
