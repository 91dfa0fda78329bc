package dev.sluice.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a Loki.
 *
 * @param url its root
 */
record Loki(String url) {
  static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * One line.
   *
   * @param labels of its stream
   * @param metadata its structured metadata
   */
  record Line(
      Map<String, String> labels, long epochNanos, String text, Map<String, String> metadata) {}

  /** The push endpoint. */
  String push() {
    return url + "/loki/api/v1/push";
  }

  /** The lines of the last minutes that a selector finds, oldest first. */
  List<Line> lines(String logql, int limit) {
    Map<String, String> parameters =
        Map.of(
            "query", logql,
            "limit", Integer.toString(limit),
            "direction", "forward",
            "start", nanos(Instant.now().minusSeconds(900)),
            "end", nanos(Instant.now().plusSeconds(60)));
    Json data =
        Http.getOk(
                url + "/loki/api/v1/query_range" + Http.query(parameters),
                "X-Loki-Response-Encoding-Flags",
                "categorize-labels")
            .json()
            .get("data");
    List<Line> lines = new ArrayList<>();
    for (Json stream : data.get("result").items()) {
      Map<String, String> labels = texts(stream.get("stream"));
      for (Json entry : stream.get("values").items()) {
        lines.add(
            new Line(
                labels,
                entry.get(0).number(),
                entry.get(1).text(),
                texts(entry.get(2).get("structuredMetadata"))));
      }
    }
    return lines;
  }

  /** How many lines of the last minutes a selector finds. */
  long count(String selector) {
    String logql = "sum(count_over_time(" + selector + "[15m]))";
    Map<String, String> parameters =
        Map.of("query", logql, "time", nanos(Instant.now().plusSeconds(5)));
    return Http.getOk(url + "/loki/api/v1/query" + Http.query(parameters))
        .json()
        .get("data")
        .get("result")
        .get(0)
        .get("value")
        .get(1)
        .number();
  }

  private static String nanos(Instant instant) {
    return Long.toString(instant.toEpochMilli()) + "000000";
  }

  private static Map<String, String> texts(Json object) {
    Map<String, String> texts = new TreeMap<>();
    object.fields().forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }
}
