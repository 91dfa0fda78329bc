package dev.sluice.benchmarks.payload;

import static dev.sluice.benchmarks.payload.Attributes.text;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.Random;

/**
 * One counter whose points differ in one attribute, {@code customer.id}: {@link #SERIES_PREFIX} and
 * eight hex digits, which the load replaces. So any number of series takes one payload.
 */
public final class SeriesPayload {
  /** What stands before the hex digits. */
  public static final String SERIES_PREFIX = "series-";

  private SeriesPayload() {}

  /** A request of that many points, of the series 0 and on. */
  public static byte[] request(int points) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < points; i++) {
      sum.addDataPoints(
          NumberDataPoint.newBuilder()
              .setAsInt(Payloads.ID_BASE + i)
              .setStartTimeUnixNano(Payloads.NOW_NANOS - 1_000_000_000_000L)
              .setTimeUnixNano(Payloads.NOW_NANOS)
              .addAttributes(text("http.route", "/api/v1/orders"))
              .addAttributes(text("http.request.method", "GET"))
              .addAttributes(text("customer.id", SERIES_PREFIX + "%08x".formatted(i))));
    }
    Metric metric = Metric.newBuilder().setName("shop.orders").setUnit("1").setSum(sum).build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Attributes.resource("checkout", new Random(points)))
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }
}
