package dev.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tests' own HTTP/1.1 client. Thread-safe. */
final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Http() {}

  /** What a server answered. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Json json() {
      return Json.parse(text());
    }

    /** A header by its lower-case name; empty when there is none. */
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    @Override
    public String toString() {
      return status + " " + headers + " " + text();
    }
  }

  /** A GET with the headers, given as name, value, name, value. */
  static Answer get(String url, String... headers) {
    return send(request(url, headers).GET().build());
  }

  /** A GET that must be answered with 200. */
  static Answer getOk(String url, String... headers) {
    Answer answer = get(url, headers);
    if (answer.status != 200) {
      throw new IllegalStateException(url + " answered " + answer);
    }
    return answer;
  }

  /** A POST with the headers, given as name, value, name, value. */
  static Answer post(String url, byte[] body, String... headers) {
    return send(request(url, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  /** A query string. */
  static String query(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String url, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
      Map<String, String> headers = new TreeMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
