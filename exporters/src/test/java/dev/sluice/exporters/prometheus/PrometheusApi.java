package dev.sluice.exporters.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A real Prometheus, asked over its HTTP API. */
final class PrometheusApi implements AutoCloseable {
  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  PrometheusApi(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  /** Sends to Prometheus' own OTLP endpoint, which must take it. */
  void sendOtlp(byte[] request) {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/otlp/v1/metrics"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    HttpResponse<String> response = send(post);
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
  }

  /**
   * All samples of the series that a selector finds, by the labels but for {@code without}; a line
   * a sample.
   */
  SortedMap<String, List<String>> samples(String selector, String... without) {
    SortedMap<String, List<String>> samples = new TreeMap<>();
    for (Object one : list(data("/api/v1/query?query=" + encoded(selector + "[1h]")), "result")) {
      Map<String, Object> series = map(one);
      Map<String, Object> labels = new TreeMap<>(map(series.get("metric")));
      for (String label : without) {
        labels.remove(label);
      }
      List<String> lines = new ArrayList<>();
      for (Object value : list(series, "values")) {
        lines.add(String.valueOf(value));
      }
      for (Object histogram : list(series, "histograms")) {
        lines.add(String.valueOf(histogram));
      }
      samples.put(labels.toString(), lines);
    }
    return samples;
  }

  /** The exemplars of the series that a selector finds, by the labels but for {@code without}. */
  SortedMap<String, String> exemplars(String selector, String... without) {
    long now = System.currentTimeMillis() / 1000;
    String range = "&start=" + (now - 3600) + "&end=" + (now + 60);
    SortedMap<String, String> exemplars = new TreeMap<>();
    Object data = answer("/api/v1/query_exemplars?query=" + encoded(selector) + range).get("data");
    for (Object one : (List<?>) data) {
      Map<String, Object> labels = new TreeMap<>(map(map(one).get("seriesLabels")));
      for (String label : without) {
        labels.remove(label);
      }
      exemplars.put(labels.toString(), String.valueOf(map(one).get("exemplars")));
    }
    return exemplars;
  }

  /** The value of an instant query with one result; empty without. */
  String value(String query) {
    List<Object> results = list(data("/api/v1/query?query=" + encoded(query)), "result");
    return results.isEmpty() ? "" : String.valueOf(list(map(results.getFirst()), "value").get(1));
  }

  @Override
  public void close() {
    client.close();
  }

  private Map<String, Object> data(String path) {
    return map(answer(path).get("data"));
  }

  private Map<String, Object> answer(String path) {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(url + path)).build());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.body());
    }
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), response.body())) {
      parser.nextToken();
      return map(read(parser));
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(read(parser));
      }
      return list;
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        map.put(name, read(parser));
      }
      return map;
    }
    return parser.getString();
  }

  @SuppressWarnings("unchecked") // JSON objects are read as such
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // JSON arrays are read as such
  private static List<Object> list(Map<String, Object> map, String key) {
    return (List<Object>) map.getOrDefault(key, List.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
