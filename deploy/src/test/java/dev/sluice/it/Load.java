package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Steady loads whose items can be counted in a backend. */
final class Load {
  private static final Duration PERIOD = Duration.ofMillis(40);
  private static final int LOG_ITEMS = 50;
  private static final int METRIC_ITEMS = 20;

  private Load() {}

  /** 50 log records a request, each with a line of its own. */
  static Loader logs(String name, OtlpClient client, String service) {
    return Loader.start(name, client, number -> logs(name, number, service), LOG_ITEMS, PERIOD);
  }

  private static MessageLite logs(String name, int number, String service) {
    long nanos = Requests.nanos(Instant.now());
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < LOG_ITEMS; i++) {
      String line = "line " + (number * LOG_ITEMS + i) + " of loader " + name;
      records.add(LogSample.record(nanos + i, line).build());
    }
    return LogSample.request(Requests.resource(service), records);
  }

  /** 20 series a request, the same in every request, each time with a newer sample. */
  static Loader metrics(String name, OtlpClient client, String service) {
    return Loader.start(
        name, client, number -> metrics(name, number, service), METRIC_ITEMS, PERIOD);
  }

  private static MessageLite metrics(String name, int number, String service) {
    long nanos = Requests.nanos(Instant.now());
    NumberDataPoint[] points = new NumberDataPoint[METRIC_ITEMS];
    for (int i = 0; i < METRIC_ITEMS; i++) {
      points[i] =
          Points.point(
              nanos, number, Requests.attribute("loader", name), Requests.attribute("n", i));
    }
    return Points.request(
        Requests.resource(service), List.of(Points.sum("it.load.samples", "", true, points)));
  }

  /** How many samples of the last minutes a Prometheus holds of a service's load. */
  static long samples(Prometheus prometheus, String service) {
    return (long)
        prometheus.number(
            "sum(count_over_time(it_load_samples_total{job=\"it/" + service + "\"}[15m]))");
  }

  /** How many lines of the last minutes a Loki holds of a service's load. */
  static long lines(Loki loki, String service) {
    return loki.count("{service_name=\"" + service + "\"}");
  }

  /**
   * Waits until a backend holds what was accepted, and not more than that and what had no answer: a
   * request without one may have been taken, and whoever sent it sends it again.
   */
  static void holds(String backend, Duration limit, List<Loader> loaders, LongSupplier count) {
    long accepted = loaders.stream().mapToLong(Loader::acceptedItems).sum();
    long unanswered = loaders.stream().mapToLong(Loader::unansweredItems).sum();
    long held =
        Await.until(
            backend + " holds the " + accepted + " items that were accepted",
            limit,
            count::getAsLong,
            items -> items >= accepted);
    assertTrue(held <= accepted + unanswered, () -> held + " held, " + accepted + " accepted");
    Evidence.show(
        "accepted %d, %s holds %d; without an answer: %d", accepted, backend, held, unanswered);
  }
}
