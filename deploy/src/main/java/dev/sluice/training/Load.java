package dev.sluice.training;

import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What is sent and asked during a training run. One thread. */
final class Load {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String PROTOBUF = "application/x-protobuf";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Ports ports;
  private int number;
  private final List<HttpRequest.Builder> pages;

  Load(Ports ports) {
    this.ports = ports;
    pages =
        List.of(
            get(ports.health(), "/"),
            get(ports.health(), "/ready"),
            get(ports.health(), "/status"),
            get(ports.metrics(), "/metrics"),
            get(ports.recent(), "/api/recent/logs?limit=10"));
  }

  /** Whether it answers; false while it does not listen yet. */
  boolean isReady() throws InterruptedException {
    try {
      return client.send(get(ports.health(), "/ready").build(), discard()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends items of every signal, as protobuf, with gzip and as JSON; and asks for a page.
   *
   * @throws IOException when it does not answer
   */
  void run(Instant now) throws IOException, InterruptedException {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    Samples plain = new Samples(nanos, number++);
    Samples zipped = new Samples(nanos + 1, number++);
    Samples json = new Samples(nanos + 2, number++);
    for (Signal signal : Signal.values()) {
      send(export(signal, PROTOBUF, plain.request(signal)));
      send(
          export(signal, PROTOBUF, gzip(zipped.request(signal)))
              .header("Content-Encoding", "gzip"));
      Telemetry telemetry = Telemetry.parse(signal, json.request(signal));
      send(export(signal, "application/json", ProtoToJson.request(telemetry)));
    }
    send(pages.get(number % pages.size()));
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    client.send(request.build(), discard());
  }

  private static HttpResponse.BodyHandler<Void> discard() {
    return HttpResponse.BodyHandlers.discarding();
  }

  private HttpRequest.Builder export(Signal signal, String contentType, byte[] body) {
    return HttpRequest.newBuilder(uri(ports.http(), "/v1/" + signal.label()))
        .timeout(TIMEOUT)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private static HttpRequest.Builder get(int port, String path) {
    return HttpRequest.newBuilder(uri(port, path)).timeout(TIMEOUT);
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new IllegalStateException("a byte array cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
