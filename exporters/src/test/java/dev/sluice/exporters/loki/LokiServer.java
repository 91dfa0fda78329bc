package dev.sluice.exporters.loki;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A running Loki, asked what it holds. */
record LokiServer(String url) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long WAIT_NANOS = Duration.ofSeconds(20).toNanos();

  /** An entry of a query's answer, with labels and structured metadata told apart. */
  record Entry(
      Map<String, String> labels, long timeNanos, String line, Map<String, String> metadata) {}

  /** Posts an OTLP request to Loki's own endpoint. */
  void postOtlp(byte[] request) {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url + "/otlp/v1/logs"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    HttpResponse<String> answer = send(post);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
  }

  /** The entries of the last day; waits until there are as many, and gives them all. */
  List<Entry> read(String selector, int count) {
    long deadline = System.nanoTime() + WAIT_NANOS;
    List<Entry> entries = query(selector);
    while (entries.size() < count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(50_000_000);
      entries = query(selector);
    }
    if (entries.size() != count) {
      throw new AssertionError("%d entries, not %d: %s".formatted(entries.size(), count, entries));
    }
    return entries;
  }

  private List<Entry> query(String selector) {
    long start = Instant.now().minus(Duration.ofDays(1)).getEpochSecond();
    long end = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
    String query = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    URI uri =
        URI.create(
            "%s/loki/api/v1/query_range?limit=1000&start=%d&end=%d&query=%s"
                .formatted(url, start, end, query));
    HttpRequest get =
        HttpRequest.newBuilder(uri)
            .header("X-Loki-Response-Encoding-Flags", "categorize-labels")
            .build();
    HttpResponse<String> answer = send(get);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return entries(map(map(parse(answer.body())).get("data")).get("result"));
  }

  private static List<Entry> entries(Object result) {
    List<Entry> entries = new ArrayList<>();
    for (Object stream : list(result)) {
      Map<String, String> labels = strings(map(stream).get("stream"));
      for (Object value : list(map(stream).get("values"))) {
        List<Object> entry = list(value);
        Map<String, Object> categories = entry.size() > 2 ? map(entry.get(2)) : Map.of();
        entries.add(
            new Entry(
                labels,
                Long.parseLong(String.valueOf(entry.get(0))),
                String.valueOf(entry.get(1)),
                strings(categories.getOrDefault("structuredMetadata", Map.of()))));
      }
    }
    return entries;
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> strings(Object map) {
    Map<String, String> strings = new TreeMap<>();
    map(map).forEach((key, value) -> strings.put(key, String.valueOf(value)));
    return strings;
  }

  @SuppressWarnings("unchecked") // The parser below makes maps of strings to anything.
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // The parser below makes lists of anything.
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static Object parse(String json) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> map = new TreeMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        map.put(name, value(parser));
      }
      return map;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser));
      }
      return list;
    }
    return parser.getString();
  }
}
