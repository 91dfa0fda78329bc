package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.attributes;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.counter;
import static dev.sluice.exporters.prometheus.Otlps.exponential;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.integer;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static dev.sluice.exporters.prometheus.Otlps.since;
import static dev.sluice.exporters.prometheus.Otlps.sum;
import static dev.sluice.exporters.prometheus.Otlps.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Sends to a real Prometheus, at {@code PROMETHEUS_URL}, and asks what it holds. The same metrics
 * go through the exporter and to Prometheus' own OTLP endpoint, and must become the same series.
 *
 * <p>Prometheus needs {@code --web.enable-remote-write-receiver --web.enable-otlp-receiver
 * --enable-feature=exemplar-storage} and to accept remote write 2.0.
 */
class PrometheusIT {
  private static final long PATIENT = Duration.ofSeconds(60).toNanos();
  private static final String V2 = "protobuf_message: io.prometheus.write.v2.Request\n";
  private static final String[] IDENTITY = {"job", "instance"};

  /** Of the Prometheus OTLP endpoint; it has no scope labels unless told to. */
  private static final String LIKE_PROMETHEUS = "disable_scope_info: true\n";

  private final String run = UUID.randomUUID().toString();
  private final long now = System.currentTimeMillis() - 60_000;
  private PrometheusApi prometheus;

  @BeforeEach
  void connect() {
    String url = System.getenv("PROMETHEUS_URL");
    if (url == null || url.isEmpty()) {
      String message = "NOT RUN: PROMETHEUS_URL is not set, so nothing was asked of a Prometheus";
      System.err.println(getClass().getSimpleName() + ": " + message);
      throw new TestAbortedException(message);
    }
    prometheus = new PrometheusApi(url);
  }

  @AfterEach
  void disconnect() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void makesTheSeriesThatPrometheusMakesItself() {
    compare(LIKE_PROMETHEUS, "first");
  }

  @Test
  void makesTheSameSeriesByTheSecondVersion() {
    compare(LIKE_PROMETHEUS + V2, "second");
  }

  private void compare(String yaml, String version) {
    String ours = version + "-ours";
    String theirs = version + "-theirs";
    assertEquals(List.of(), send(yaml, resource(ours, metrics())));
    prometheus.sendOtlp(resource(theirs, metrics()).toByteArray());
    SortedMap<String, List<String>> expected = samples(theirs);
    SortedMap<String, List<String>> actual = samples(ours);
    assertTrue(expected.size() > 50, "series: " + expected.keySet());
    // Its points come in no order: without an out-of-order window Prometheus' endpoint loses some.
    expected.remove("{__name__=late}");
    assertEquals(3, actual.remove("{__name__=late}").size());
    // Listed: target_info is one sample at the newest time, Prometheus adds more before it.
    expected.replaceAll((series, lines) -> isTarget(series) ? List.of(lines.getLast()) : lines);
    assertEquals(joined(expected), joined(actual));
    SortedMap<String, String> exemplars = prometheus.exemplars(selector(theirs), IDENTITY);
    assertEquals(4, exemplars.size(), () -> "" + exemplars);
    assertEquals(exemplars, prometheus.exemplars(selector(ours), IDENTITY));
  }

  @Test
  void differsOnlyWhereTheRulesSayThatItDiffers() {
    Metric metric =
        gauge("differing", "", point(now, 1, "_lead", "a", "x.y", "same", "x_y", "same"));
    send(LIKE_PROMETHEUS, resource("differ-ours", metric));
    prometheus.sendOtlp(resource("differ-theirs", metric).toByteArray());
    assertTrue(
        samples("differ-ours").containsKey("{__name__=differing, _lead=a, x_y=same}"),
        () -> "" + samples("differ-ours"));
    assertTrue(
        samples("differ-theirs").containsKey("{__name__=differing, key_lead=a, x_y=same;same}"),
        () -> "" + samples("differ-theirs"));
  }

  @Test
  void keepsScopeLabelsByDefault() {
    send("", resource("scope", gauge("scoped", "", point(now, 1))));
    assertTrue(
        samples("scope")
            .containsKey(
                "{__name__=scoped, otel_scope_a_b=c, otel_scope_name=lib, otel_scope_version=1}"),
        () -> "" + samples("scope"));
  }

  @Test
  void keepsNamesInUtf8() {
    send(
        LIKE_PROMETHEUS + "translation_strategy: NoTranslation\n",
        resource("utf8", gauge("größe.der Sache", "By", point(now, 1, "ein.maß", "ü"))));
    assertTrue(
        samples("utf8").containsKey("{__name__=größe.der Sache, ein.maß=ü}"),
        () -> "" + samples("utf8"));
  }

  @Test
  void addsUpDeltas() {
    List<Loss> losses =
        send(
            LIKE_PROMETHEUS,
            resource(
                "delta",
                sum("d", "", true, Otlps.DELTA, point(now, 3), point(now + 1000, 4)),
                histogram(
                    "dh",
                    "",
                    Otlps.DELTA,
                    buckets(now, 1, List.of(1.0), List.of(1L, 1L)),
                    buckets(now + 1000, 1, List.of(1.0), List.of(1L, 2L))),
                exponential(
                    "de",
                    "",
                    Otlps.DELTA,
                    exponential(now, 2, 0, 1L, 2L),
                    exponential(now + 1000, 1, 0, 3L))));
    assertEquals(List.of(), losses);
    assertEquals("7", prometheus.value("d_total" + selector("delta")));
    assertEquals("5", prometheus.value("dh_count" + selector("delta")));
    assertEquals("6", prometheus.value("histogram_count(de" + selector("delta") + ")"));
    assertEquals("20", prometheus.value("histogram_sum(de" + selector("delta") + ")"));
  }

  @Test
  void makesCustomBuckets() {
    send(
        LIKE_PROMETHEUS + "convert_explicit_histograms_to_nhcb: true\n" + V2,
        resource(
            "custom",
            histogram(
                "c", "s", CUMULATIVE, buckets(now, 7, List.of(1.0, 5.0), List.of(2L, 1L, 1L)))));
    String histogram = "c_seconds" + selector("custom");
    assertEquals("4", prometheus.value("histogram_count(" + histogram + ")"));
    assertEquals("0.75", prometheus.value("histogram_fraction(0, 5, " + histogram + ")"));
  }

  @Test
  void losesOnePoisonedSampleOfTenThousand() {
    poison("", "poison-first");
  }

  @Test
  void losesOnePoisonedSampleOfTenThousandByTheSecondVersion() {
    poison(V2, "poison-second");
  }

  private void poison(String yaml, String job) {
    NumberDataPoint[] points = new NumberDataPoint[10_000];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(now, i, "i", "" + i);
    }
    points[4321] = point(now + Duration.ofHours(2).toMillis(), 1, "i", "4321");
    List<Loss> losses = send(LIKE_PROMETHEUS + yaml, resource(job, gauge("p", "", points)));
    assertEquals(1, losses.size(), () -> "" + losses);
    assertEquals("{4321}", String.valueOf(losses.getFirst().ordinals()));
    assertEquals(1, losses.getFirst().items());
    assertEquals(Loss.Kind.REJECTED, losses.getFirst().kind());
    assertTrue(losses.getFirst().reason().contains("future"), losses.getFirst().reason());
    assertEquals("9999", prometheus.value("count(p" + selector(job) + ")"));
  }

  @Test
  void takesTheSameAgainWhenTheAnswerWasLost() {
    ExportMetricsServiceRequest request =
        resource("again", gauge("g", "", point(now, 1)), counter("c", "", point(now, 1)));
    assertEquals(List.of(), send(LIKE_PROMETHEUS, request));
    assertEquals(List.of(), send(LIKE_PROMETHEUS, request));
    assertEquals(List.of(), send(LIKE_PROMETHEUS + V2, request));
  }

  @Test
  void saysWhatToDoWhenTheUrlIsWrong() {
    Exporter exporter =
        Samples.exporter(
            new RemoteWriteExporterFactory(),
            Signal.METRICS,
            "endpoint: " + prometheus.url() + "/api/v1/writ\n");
    try (exporter) {
      ExportResult.Hold hold =
          assertInstanceOf(
              ExportResult.Hold.class,
              exporter
                  .prepare(Otlps.batch(resource("wrong", gauge("g", "", point(now, 1)))))
                  .attempt(PATIENT));
      assertTrue(hold.reason().contains("/api/v1/write"), hold.reason());
    }
  }

  private List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    int i = 0;
    for (String unit :
        List.of(
            "", "1", "s", "ms", "By", "By/s", "1/s", "{req}", "{req}/min", "%", "Cel", "KiBy")) {
      metrics.add(
          gauge("gauge.of." + i, unit, point(now, 1.5), integer(now + 1000, -2, "a.b", "c")));
      metrics.add(counter("counter.of." + i++, unit, since(now - 1000, point(now, 4))));
    }
    metrics.add(sum("updown", "1", false, CUMULATIVE, point(now, -3)));
    metrics.add(
        gauge("2xx..odd__name_", "", point(now, 1, "2xx", "a", "http.route", "/x", "größe", "y")));
    metrics.add(gauge("colliding", "", point(now, 1, "a.b", "2", "a_b", "1", "a-b", "3", "e", "")));
    metrics.add(gauge("kinds", "", kinds()));
    metrics.add(gauge("late", "", point(now + 2000, 3), point(now, 1), point(now + 1000, 2)));
    metrics.add(
        gauge("ending", "", point(now, 1), point(now + 1000, 0).toBuilder().setFlags(1).build()));
    metrics.add(
        counter("with.exemplar", "", point(now, 7).toBuilder().addExemplars(exemplar(3)).build()));
    metrics.add(
        histogram(
            "latency",
            "s",
            CUMULATIVE,
            buckets(
                    now,
                    12.5,
                    List.of(0.005, 0.1, 1.0, 2.5, 1000000.0),
                    List.of(1L, 2L, 0L, 3L, 0L, 1L))
                .toBuilder()
                .addExemplars(exemplar(0.05))
                .addExemplars(exemplar(2))
                .build()));
    metrics.add(
        exponential(
            "native",
            "s",
            CUMULATIVE,
            exponential(now, 3, -7, 1L, 0L, 2L, 0L, 0L, 0L, 5L).addExemplars(exemplar(1)),
            exponential(now, 12, -70, 1L, 0L, 2L, 0L, 0L, 0L, 5L)
                .addAllAttributes(attributes("fine", "yes")),
            both(now)));
    metrics.add(
        summary(
            "rtt",
            "ms",
            SummaryDataPoint.newBuilder()
                .setTimeUnixNano(now * 1_000_000)
                .setCount(3)
                .setSum(6)
                .addQuantileValues(
                    SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(5))
                .build()));
    return metrics;
  }

  private static ExponentialHistogramDataPoint.Builder both(long millis) {
    return exponential(millis, 0, 2, 1L, 1L)
        .setCount(7)
        .setZeroCount(3)
        .setNegative(
            ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(-1).addBucketCounts(2))
        .addAllAttributes(attributes("both", "sides"));
  }

  private NumberDataPoint kinds() {
    return point(now, 1).toBuilder()
        .addAttributes(Otlps.attribute("b", AnyValue.newBuilder().setBoolValue(true).build()))
        .addAttributes(Otlps.attribute("i", AnyValue.newBuilder().setIntValue(-5).build()))
        .addAttributes(Otlps.attribute("d", AnyValue.newBuilder().setDoubleValue(1e-9).build()))
        .addAttributes(Otlps.attribute("f", AnyValue.newBuilder().setDoubleValue(2.50).build()))
        .addAttributes(
            Otlps.attribute(
                "y", AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("by")).build()))
        .addAttributes(
            Otlps.attribute(
                "l",
                AnyValue.newBuilder()
                    .setArrayValue(
                        io.opentelemetry.proto.common.v1.ArrayValue.newBuilder()
                            .addValues(AnyValue.newBuilder().setStringValue("<a&\"b\u2028"))
                            .addValues(AnyValue.newBuilder().setDoubleValue(1e22)))
                    .build()))
        .build();
  }

  private Exemplar exemplar(double value) {
    return Exemplar.newBuilder()
        .setTimeUnixNano(now * 1_000_000)
        .setAsDouble(value)
        .setTraceId(
            ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .addAllFilteredAttributes(attributes("user.id", "u1"))
        .build();
  }

  private ExportMetricsServiceRequest resource(String job, Metric... metrics) {
    return resource(job, List.of(metrics));
  }

  private ExportMetricsServiceRequest resource(String job, List<Metric> metrics) {
    return request(
        attributes(
            "service.name",
            job,
            "service.namespace",
            "it",
            "service.instance.id",
            run,
            "host.name",
            "h1"),
        io.opentelemetry.proto.common.v1.InstrumentationScope.newBuilder()
            .setName("lib")
            .setVersion("1")
            .addAllAttributes(attributes("a.b", "c"))
            .build(),
        metrics.toArray(new Metric[0]));
  }

  private List<Loss> send(String yaml, ExportMetricsServiceRequest request) {
    Batch batch = Otlps.batch(request);
    String endpoint = "endpoint: " + prometheus.url() + "/api/v1/write\n";
    try (Exporter exporter =
        Samples.exporter(new RemoteWriteExporterFactory(), Signal.METRICS, endpoint + yaml)) {
      ExportResult result = exporter.prepare(batch).attempt(PATIENT);
      return assertInstanceOf(ExportResult.Delivered.class, result, () -> "" + result).losses();
    }
  }

  private SortedMap<String, List<String>> samples(String job) {
    SortedMap<String, List<String>> samples = prometheus.samples(selector(job), IDENTITY);
    assertFalse(samples.isEmpty(), "nothing of " + job);
    return samples;
  }

  private String selector(String job) {
    return "{job=\"it/" + job + "\", instance=\"" + run + "\"}";
  }

  private static boolean isTarget(String series) {
    return series.contains("__name__=target_info");
  }

  private static String joined(Map<String, List<String>> samples) {
    StringBuilder text = new StringBuilder();
    samples.forEach((series, lines) -> text.append(series).append(' ').append(lines).append('\n'));
    assertNotEquals(0, text.length());
    return text.toString();
  }
}
