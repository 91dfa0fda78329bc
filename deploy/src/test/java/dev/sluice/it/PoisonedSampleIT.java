package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One sample that Prometheus refuses among ten thousand good ones. */
class PoisonedSampleIT {
  private static final int REQUESTS = 10;
  private static final int POINTS = 1_000;
  private static final int POISONED = 5_678;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @RegisterExtension final Products products = new Products();

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "2.0"})
  void arrivesWithoutTheOneThatIsAnHourAhead(String remoteWrite) throws Exception {
    Prometheus prometheus = Backends.prometheus();
    FullConfig config = FullConfig.of().metricsTo(prometheus);
    SluiceProcess sluice =
        products.start(
            "full.yaml",
            (remoteWrite.equals("2.0") ? config.remoteWriteTwo() : config).variables());
    String service = Requests.unique("poison");
    try (OtlpClient client = OtlpClient.grpc(sluice.grpc())) {
      for (int i = 0; i < REQUESTS; i++) {
        client.deliver(request(service, i));
      }
    }
    Ledger.Account account =
        Await.until(
            "all is decided",
            Duration.ofSeconds(60),
            () -> sluice.ledger().account("prometheus_remote_write"),
            now -> now.held() == 0 && now.accepted() == REQUESTS * POINTS);
    Evidence.show("%s", account);
    prometheus.expect("count(it_poison{job=\"it/" + service + "\"})", 9_999);
    prometheus.expect(
        "count(it_poison{job=\"it/" + service + "\",n=\"" + POISONED + "\"}) or vector(0)", 0);
    assertEquals(9_999, account.delivered());
    assertEquals(1, account.deadLettered());
    checkLetters(sluice.deadLetters());
    assertFalse(sluice.hasLogged("does not take remote write 2.0"));
  }

  private static void checkLetters(List<SluiceProcess.DeadLetter> letters) throws Exception {
    assertEquals(1, letters.size(), letters::toString);
    String note = letters.getFirst().note();
    ExportMetricsServiceRequest lost =
        ExportMetricsServiceRequest.parseFrom(letters.getFirst().request());
    Evidence.show("dead letter:%n%s", note);
    assertTrue(note.contains("items: 1 metric_points"), note);
    assertTrue(note.matches("(?s).*reason: .*too far in the future.*"), note);
    assertEquals(1, lost.getResourceMetricsCount());
    Metric metric = lost.getResourceMetrics(0).getScopeMetrics(0).getMetrics(0);
    assertEquals(1, metric.getGauge().getDataPointsCount());
    assertEquals(POISONED, metric.getGauge().getDataPoints(0).getAsInt());
  }

  private static ExportMetricsServiceRequest request(String service, int number) {
    long now = Requests.nanos(Instant.now());
    NumberDataPoint[] points = new NumberDataPoint[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int n = number * POINTS + i;
      long nanos = n == POISONED ? now + HOUR_NANOS : now;
      points[i] = Points.point(nanos, n, Requests.attribute("n", n));
    }
    return Points.request(
        Requests.resource(service), List.of(Points.gauge("it.poison", "", points)));
  }
}
