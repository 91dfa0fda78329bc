package dev.sluice.benchmarks;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of metrics for {@link RemoteWriteBenchmark}; each is of a service instance of its own.
 */
final class RemoteWriteBatches {
  private static final long NOW_NANOS = 1_767_225_660_000_000_000L;
  private static final long START_NANOS = NOW_NANOS - 60_000_000_000L;
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  private static final List<Double> BOUNDS =
      List.of(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1d, 2.5, 5d, 7.5, 10d);
  private static final int POINTS_OF_METRIC = 5;

  private RemoteWriteBatches() {}

  /** The batch of an instance, of {@code points} points in one request. */
  static Batch of(boolean mixed, int instance, int points) {
    SplittableRandom random = new SplittableRandom(instance);
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    scope.setScope(
        InstrumentationScope.newBuilder()
            .setName("opentelemetry.instrumentation.django")
            .setVersion("0.59b0"));
    if (mixed) {
      for (int i = 0; i < points / POINTS_OF_METRIC; i++) {
        scope.addMetrics(metric(i, random));
      }
    } else {
      scope.addMetrics(counters("http.server.requests", points, random));
    }
    byte[] request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder().setResource(resource(random)).addScopeMetrics(scope))
            .build()
            .toByteArray();
    return Batch.of(Signal.METRICS, List.of(new Telemetry(Signal.METRICS, request, points)));
  }

  private static Resource resource(SplittableRandom random) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", "checkout"))
        .addAttributes(attribute("service.namespace", "shop"))
        .addAttributes(attribute("service.instance.id", hex(random) + hex(random)))
        .addAttributes(attribute("service.version", "2.31.4"))
        .addAttributes(attribute("host.name", "node-" + random.nextInt(200)))
        .build();
  }

  private static Metric metric(int number, SplittableRandom random) {
    return switch (number % 4) {
      case 0 -> gauges("process.memory.usage." + number, random);
      case 1 -> counters("http.server.requests." + number, POINTS_OF_METRIC, random);
      case 2 -> histograms("http.server.request.duration." + number, random);
      default -> histograms("db.client.operation.duration." + number, random);
    };
  }

  private static Metric gauges(String name, SplittableRandom random) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (int i = 0; i < POINTS_OF_METRIC; i++) {
      gauge.addDataPoints(
          NumberDataPoint.newBuilder()
              .setTimeUnixNano(NOW_NANOS)
              .setAsDouble(random.nextDouble() * 1e9)
              .addAttributes(attribute("pool", "p" + i)));
    }
    return Metric.newBuilder().setName(name).setUnit("By").setGauge(gauge).build();
  }

  private static Metric counters(String name, int points, SplittableRandom random) {
    Sum.Builder sum = Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(CUMULATIVE);
    for (int i = 0; i < points; i++) {
      sum.addDataPoints(
          NumberDataPoint.newBuilder()
              .setStartTimeUnixNano(START_NANOS)
              .setTimeUnixNano(NOW_NANOS)
              .setAsInt(random.nextInt(1_000_000_000))
              .addAllAttributes(attributes(i))
              .addAttributes(attribute("url.scheme", "https"))
              .addAttributes(attribute("server.address", "shop.example.com"))
              .addAttributes(attribute("network.protocol.version", "1.1")));
    }
    return Metric.newBuilder().setName(name).setUnit("1").setSum(sum).build();
  }

  private static Metric histograms(String name, SplittableRandom random) {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(CUMULATIVE);
    for (int i = 0; i < POINTS_OF_METRIC; i++) {
      HistogramDataPoint.Builder point =
          HistogramDataPoint.newBuilder()
              .setStartTimeUnixNano(START_NANOS)
              .setTimeUnixNano(NOW_NANOS)
              .addAllAttributes(attributes(i))
              .addAllExplicitBounds(BOUNDS)
              .setSum(random.nextDouble() * 1e4)
              .addExemplars(
                  Exemplar.newBuilder()
                      .setTimeUnixNano(NOW_NANOS)
                      .setAsDouble(.2)
                      .setTraceId(ByteString.copyFromUtf8(hex(random)))
                      .setSpanId(ByteString.copyFromUtf8(hex(random).substring(8))));
      long count = 0;
      for (int bucket = 0; bucket <= BOUNDS.size(); bucket++) {
        int observed = random.nextInt(1000);
        point.addBucketCounts(observed);
        count += observed;
      }
      histogram.addDataPoints(point.setCount(count));
    }
    return Metric.newBuilder().setName(name).setUnit("s").setHistogram(histogram).build();
  }

  private static List<KeyValue> attributes(int i) {
    List<KeyValue> attributes = new ArrayList<>();
    attributes.add(attribute("http.request.method", "POST"));
    attributes.add(attribute("http.route", "/api/orders/{orderId}/items/" + i));
    attributes.add(attribute("http.response.status_code", "200"));
    return attributes;
  }

  private static String hex(SplittableRandom random) {
    return "%016x".formatted(random.nextLong());
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
