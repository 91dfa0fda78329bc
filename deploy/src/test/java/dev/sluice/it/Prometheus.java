package dev.sluice.it;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;

/**
 * Asks a Prometheus.
 *
 * @param url its root
 */
record Prometheus(String url) {
  static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * One series of an answer.
   *
   * @param labels with {@code __name__} when the query keeps it
   * @param value a float sample's, or NaN for a histogram
   * @param histogram a histogram sample's JSON, or nothing
   */
  record Series(Map<String, String> labels, double value, Json histogram) {}

  /** Where remote write goes. */
  String write() {
    return url + "/api/v1/write";
  }

  /** Its own OTLP endpoint for metrics. */
  String otlp() {
    return url + "/api/v1/otlp/v1/metrics";
  }

  /** An instant query at now. */
  List<Series> query(String promql) {
    return query(promql, Instant.now());
  }

  /** An instant query. */
  List<Series> query(String promql, Instant at) {
    Json data = ask("/api/v1/query", Map.of("query", promql, "time", Double.toString(seconds(at))));
    return data.get("result").items().stream().map(Prometheus::series).toList();
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  private static Series series(Json result) {
    Map<String, String> labels = new TreeMap<>();
    result.get("metric").fields().forEach((name, value) -> labels.put(name, value.text()));
    boolean isFloat = result.has("value");
    return new Series(
        labels,
        isFloat ? result.get("value").get(1).decimal() : Double.NaN,
        result.get("histogram").get(1));
  }

  /** The one number that a query answers, which must be one; 0 for an empty answer. */
  double number(String promql) {
    List<Series> result = query(promql);
    Assertions.assertTrue(result.size() < 2, () -> promql + " answers " + result);
    return result.isEmpty() ? 0 : result.getFirst().value();
  }

  /** Waits until a query answers one number, and shows it. */
  void expect(String promql, double value) {
    Await.until(
        promql + " = " + value,
        LIMIT,
        () -> query(promql),
        result -> result.size() == 1 && result.getFirst().value() == value);
    Evidence.show("PromQL %s = %s", promql, Double.toString(value));
  }

  /** The exemplars of the last minutes, each with its labels, as JSON of series. */
  List<Json> exemplars(String selector) {
    Instant now = Instant.now();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("query", selector);
    query.put("start", Double.toString(seconds(now.minusSeconds(600))));
    query.put("end", Double.toString(seconds(now.plusSeconds(60))));
    return ask("/api/v1/query_exemplars", query).items();
  }

  private Json ask(String path, Map<String, String> parameters) {
    return Http.getOk(url + path + Http.query(parameters)).json().get("data");
  }
}
