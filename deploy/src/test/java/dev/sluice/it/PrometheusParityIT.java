package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same OTLP by Sluice's remote write and by Prometheus' own OTLP endpoint. */
class PrometheusParityIT {
  private static final int SCALE = 3;

  @RegisterExtension final Products products = new Products();

  /**
   * A metric of every kind: the series are the same, but for the scope's labels, which the endpoint
   * writes only when it is told to.
   */
  @ParameterizedTest
  @ValueSource(strings = {"1.0", "2.0"})
  void givesTheSeriesThatPrometheusOwnOtlpEndpointGives(String remoteWrite) {
    Prometheus prometheus = Backends.prometheus();
    SluiceProcess sluice = start(prometheus, remoteWrite);
    String ours = Requests.unique("ours");
    String theirs = Requests.unique("theirs");
    MetricSample sample = MetricSample.at(Requests.nanos(Instant.now()));
    try (OtlpClient client = OtlpClient.http(sluice.http())) {
      client.deliver(sample.request(ours));
    }
    sendDirectly(prometheus, sample.request(theirs));
    SortedMap<String, String> expected = settled(prometheus, theirs);
    SortedMap<String, String> actual =
        withoutScope(
            Await.until(
                "the series of " + ours + " are those of " + theirs,
                Prometheus.LIMIT,
                () -> series(prometheus, ours),
                found -> found.size() >= expected.size()));
    showDifferences(expected, actual);
    assertEquals(expected, actual);
    Evidence.show("remote write %s: %d series, the same by both ways:", remoteWrite, actual.size());
    actual.forEach((name, value) -> Evidence.show("  %s %s", name, value));
    assertEquals(exemplars(prometheus, theirs), exemplars(prometheus, ours));
  }

  /**
   * All that differs, on purpose: what the Collector's exporter does otherwise than the endpoint.
   * The scope's labels are there by default; a label that begins with an underscore keeps its name;
   * attributes that fall together are joined only when their values differ; the zero threshold of
   * an exponential histogram is kept; one without a sum is refused, since a sum of 0 would be a
   * lie.
   */
  @Test
  void differsFromItOnlyAsTheCollectorsExporterDoes() {
    Prometheus prometheus = Backends.prometheus();
    SluiceProcess sluice = start(prometheus, "1.0");
    String ours = Requests.unique("ours-differ");
    String theirs = Requests.unique("theirs-differ");
    long nanos = Requests.nanos(Instant.now());
    try (OtlpClient client = OtlpClient.http(sluice.http())) {
      client.deliver(Points.request(Requests.resource(ours), differing(nanos)));
    }
    sendDirectly(prometheus, Points.request(Requests.resource(theirs), differing(nanos)));
    String scope = "otel_scope_name=it.raw, otel_scope_version=1.0";
    is(
        Map.of(
            "{__name__=it_hidden, _hidden=x, instance=it-1, " + scope + "}", "1.0",
            "{__name__=it_twice, instance=it-1, " + scope + ", same_name=x}", "1.0",
            "{__name__=it_threshold, instance=it-1, " + scope + "}",
                "{count=6, sum=7, buckets=[[3, -0.25, 0.25, 2],"
                    + " [0, 1, 1.0905077326652577, 4]]}"),
        prometheus,
        ours);
    is(
        Map.of(
            "{__name__=it_hidden, instance=it-1, key_hidden=x}",
            "1.0",
            "{__name__=it_twice, instance=it-1, same_name=x;x}",
            "1.0",
            "{__name__=it_threshold, instance=it-1}",
            "{count=6, sum=7, buckets=[[3, -1e-128, 1e-128, 2],"
                + " [0, 1, 1.0905077326652577, 4]]}",
            "{__name__=it_no_sum, instance=it-1}",
            "{count=6, sum=0, buckets=[[3, -1e-128, 1e-128, 2],"
                + " [0, 1, 1.0905077326652577, 4]]}"),
        prometheus,
        theirs);
    Ledger.Account account = sluice.ledger().account("prometheus_remote_write");
    Evidence.show("%s", account);
    assertEquals(3, account.delivered());
    assertEquals(1, account.deadLettered() + account.droppedItems());
  }

  private static List<Metric> differing(long nanos) {
    ExponentialHistogramDataPoint point =
        ExponentialHistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos - 1_000_000_000)
            .setTimeUnixNano(nanos)
            .setScale(SCALE)
            .setZeroCount(2)
            .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(4))
            .setCount(6)
            .build();
    return List.of(
        Points.gauge("it.hidden", "", Points.point(nanos, 1, Requests.attribute("_hidden", "x"))),
        Points.gauge(
            "it.twice",
            "",
            Points.point(
                nanos,
                1,
                Requests.attribute("same.name", "x"),
                Requests.attribute("same_name", "x"))),
        exponential("it.threshold", point.toBuilder().setZeroThreshold(0.25).setSum(7).build()),
        exponential("it.no.sum", point));
  }

  private static Metric exponential(String name, ExponentialHistogramDataPoint point) {
    return Metric.newBuilder()
        .setName(name)
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point))
        .build();
  }

  private static void is(Map<String, String> expected, Prometheus prometheus, String service) {
    SortedMap<String, String> found =
        Await.until(
            expected.size() + " series of " + service,
            Prometheus.LIMIT,
            () -> series(prometheus, service),
            series -> series.size() >= expected.size());
    found.forEach((name, value) -> Evidence.show("  %s: %s %s", service, name, value));
    assertEquals(new TreeMap<>(expected), found);
  }

  private SluiceProcess start(Prometheus prometheus, String remoteWrite) {
    FullConfig config = FullConfig.of().metricsTo(prometheus);
    return products.start(
        "full.yaml", (remoteWrite.equals("2.0") ? config.remoteWriteTwo() : config).variables());
  }

  private static void showDifferences(Map<String, String> expected, Map<String, String> actual) {
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      String ours = actual.getOrDefault(name, "absent");
      String theirs = expected.getOrDefault(name, "absent");
      if (!ours.equals(theirs)) {
        Evidence.show("DIFFERS %s: by Sluice %s, by Prometheus %s", name, ours, theirs);
      }
    }
  }

  private static void sendDirectly(Prometheus prometheus, ExportMetricsServiceRequest request) {
    Http.Answer answer =
        Http.post(
            prometheus.otlp(), request.toByteArray(), "Content-Type", "application/x-protobuf");
    assertEquals(200, answer.status(), answer::toString);
  }

  private static SortedMap<String, String> settled(Prometheus prometheus, String service) {
    SortedMap<String, String> found =
        Await.until(
            "series of " + service,
            Prometheus.LIMIT,
            () -> series(prometheus, service),
            series -> !series.isEmpty());
    assertTrue(found.size() > 30, found::toString);
    return found;
  }

  /** All series of a service, by their labels, with their values. */
  private static SortedMap<String, String> series(Prometheus prometheus, String service) {
    SortedMap<String, String> all = new TreeMap<>();
    for (Prometheus.Series series : prometheus.query("{job=\"it/" + service + "\"}")) {
      Json histogram = series.histogram();
      String value = histogram.isEmpty() ? Double.toString(series.value()) : histogram.toString();
      String other = all.put(withoutJob(series.labels()).toString(), value);
      assertEquals(null, other, () -> "two series of labels " + series.labels());
    }
    return all;
  }

  /** The labels without the job, since the two ways send under different names. */
  private static Map<String, String> withoutJob(Map<String, String> labels) {
    Map<String, String> others = new TreeMap<>(labels);
    others.remove("job");
    return others;
  }

  /** A series' labels without those of the scope, which the exporter writes by default. */
  private static String withoutScope(String labels) {
    return labels.replace(", otel_scope_name=it.raw, otel_scope_version=1.0", "");
  }

  private static SortedMap<String, String> withoutScope(SortedMap<String, String> series) {
    SortedMap<String, String> others = new TreeMap<>();
    series.forEach((labels, value) -> {
      boolean scoped = !labels.equals(withoutScope(labels));
      assertEquals(!labels.contains("__name__=target_info"), scoped, labels);
      others.put(withoutScope(labels), value);
    });
    return others;
  }

  private static Map<String, String> exemplars(Prometheus prometheus, String service) {
    return prometheus.exemplars("{job=\"it/" + service + "\"}").stream()
        .collect(
            Collectors.toMap(
                series -> withoutScope(withoutJob(texts(series.get("seriesLabels"))).toString()),
                series -> series.get("exemplars").toString(),
                (one, other) -> one + other,
                TreeMap::new));
  }

  private static Map<String, String> texts(Json object) {
    return object.fields().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }
}
