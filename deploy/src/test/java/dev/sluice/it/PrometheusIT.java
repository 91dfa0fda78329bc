package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics by remote write, and what PromQL makes of them. */
class PrometheusIT {
  @RegisterExtension final Products products = new Products();

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "2.0"})
  void findsEveryKindOfMetricByPromQl(String remoteWrite) {
    Prometheus prometheus = Backends.prometheus();
    SluiceProcess sluice = start(prometheus, remoteWrite);
    String service = Requests.unique("promql");
    MetricSample sample = MetricSample.at(Requests.nanos(Instant.now()));
    try (OtlpClient client = OtlpClient.grpc(sluice.grpc())) {
      client.deliver(sample.request(service));
    }
    String job = "{job=\"it/" + service + "\"";
    prometheus.expect("it_requests_total" + job + ",route=\"/cart\",code=\"200\"}", 12);
    prometheus.expect("it_connections" + job + "}", -4);
    prometheus.expect("it_load_ratio" + job + "}", 0.75);
    prometheus.expect("it_speed_meters_per_second" + job + "}", 3.25);
    prometheus.expect("it_disk_usage_percent" + job + "}", 93.5);
    prometheus.expect("it_duration_seconds_bucket" + job + ",le=\"0.5\"}", 3);
    prometheus.expect("it_duration_seconds_bucket" + job + ",le=\"+Inf\"}", 7);
    prometheus.expect("it_duration_seconds_sum" + job + "}", 20.25);
    prometheus.expect("histogram_count(it_payload_bytes" + job + ",kind=\"coarse\"})", 13);
    prometheus.expect("histogram_sum(it_payload_bytes" + job + ",kind=\"coarse\"})", 17.5);
    prometheus.expect(
        "histogram_fraction(-Inf, 0, it_payload_bytes" + job + ",kind=\"coarse\"}) > bool 0.3", 1);
    prometheus.expect("it_rpc_latency_milliseconds" + job + ",quantile=\"0.99\"}", 31);
    prometheus.expect("it_rpc_latency_milliseconds_count" + job + "}", 9);
    prometheus.expect("target_info" + job + ",instance=\"it-1\",host_name=\"node-7\"}", 1);
    checkExemplars(prometheus, sample, "it_requests_total" + job + "}");
    checkExemplars(prometheus, sample, "it_duration_seconds_bucket" + job + "}");
    checkExemplars(prometheus, sample, "it_payload_bytes" + job + ",kind=\"coarse\"}");
  }

  private static void checkExemplars(Prometheus prometheus, MetricSample sample, String selector) {
    List<Json> series =
        Await.until(
            "exemplars of " + selector,
            Prometheus.LIMIT,
            () -> prometheus.exemplars(selector),
            found -> !found.isEmpty());
    Json exemplar = series.getFirst().get("exemplars").get(0);
    assertEquals(Requests.hex(sample.traceId()), exemplar.get("labels").get("trace_id").text());
    assertEquals(Requests.hex(sample.spanId()), exemplar.get("labels").get("span_id").text());
    Evidence.show("exemplar of %s: %s", selector, exemplar);
  }

  @Test
  void turnsDeltasIntoCumulativeSums() {
    Prometheus prometheus = Backends.prometheus();
    SluiceProcess sluice = start(prometheus, "1.0");
    String service = Requests.unique("delta");
    long now = Requests.nanos(Instant.now());
    long second = 1_000_000_000L;
    try (OtlpClient client = OtlpClient.grpc(sluice.grpc())) {
      for (int i = 0; i < 3; i++) {
        long start = now + (i - 4) * second;
        client.deliver(
            Points.request(
                Requests.resource(service),
                List.of(Points.delta("it.delta", "", Points.point(start, start + second, 3 + i)))));
      }
    }
    prometheus.expect("it_delta_total{job=\"it/" + service + "\"}", 3 + 4 + 5);
  }

  private SluiceProcess start(Prometheus prometheus, String remoteWrite) {
    FullConfig config = FullConfig.of().metricsTo(prometheus);
    return products.start(
        "full.yaml", (remoteWrite.equals("2.0") ? config.remoteWriteTwo() : config).variables());
  }
}
