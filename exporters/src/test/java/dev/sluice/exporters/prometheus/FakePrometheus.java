package dev.sluice.exporters.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xerial.snappy.Snappy;

/**
 * A remote write endpoint on loopback with Prometheus' manners: of a 1.0 request with a bad sample
 * it stores nothing; of a 2.0 request it stores the rest, and says so. A sample is bad when it is
 * older than its series, when it contradicts the newest, or when the test says so.
 */
final class FakePrometheus implements AutoCloseable {
  final List<String> requests = new ArrayList<>();
  final Map<String, List<String>> stored = new LinkedHashMap<>();
  private final HttpServer server;
  private Predicate<String> poison = line -> false;
  private boolean v2 = true;
  private int unknownVersionStatus = 415;
  private int bytesMax = Integer.MAX_VALUE;
  private int refusalStatus = 400;
  private int refusals;
  private int failures;
  private int failureStatus;
  private boolean storesBeforeFailure;

  private FakePrometheus(HttpServer server) {
    this.server = server;
  }

  static FakePrometheus start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      FakePrometheus fake = new FakePrometheus(server);
      server.createContext("/api/v1/write", fake::handle);
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write";
  }

  /** Refuses the samples whose lines match. */
  FakePrometheus poison(Predicate<String> bad) {
    poison = bad;
    return this;
  }

  /** Takes 1.0 alone; answers 2.0 with this status and no headers. */
  FakePrometheus withoutV2(int status) {
    v2 = false;
    unknownVersionStatus = status;
    return this;
  }

  /** Answers 413 to larger bodies, before compression. */
  FakePrometheus bytesMax(int max) {
    bytesMax = max;
    return this;
  }

  /** Refuses bad 1.0 requests with this status. */
  FakePrometheus refusesWith(int status) {
    refusalStatus = status;
    return this;
  }

  /** How many 1.0 requests were refused for their samples. */
  synchronized int refusals() {
    return refusals;
  }

  /** Fails the next requests; 0 closes the connection in place of an answer. */
  synchronized void fail(int count, int status, boolean butStores) {
    failures = count;
    failureStatus = status;
    storesBeforeFailure = butStores;
  }

  synchronized int requestCount() {
    return requests.size();
  }

  /** The samples of a series, in the order in which they came. */
  synchronized List<String> stored(String series) {
    return List.copyOf(stored.getOrDefault(series, List.of()));
  }

  synchronized int storedCount() {
    return stored.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean second = type.contains("proto=io.prometheus.write.v2.Request");
    requests.add(
        type + " " + exchange.getRequestHeaders().getFirst("X-Prometheus-Remote-Write-Version"));
    if (failures > 0) {
      fail(exchange, second, body);
      return;
    }
    if (body.length > bytesMax) {
      answer(exchange, 413, "too large");
    } else if (second && !v2) {
      answer(exchange, unknownVersionStatus, "");
    } else if (second) {
      storeV2(exchange, Written.v2(body));
    } else {
      List<String> lines = samples(Written.v1(body));
      Optional<String> refusal = refusal(lines);
      if (refusal.isEmpty()) {
        lines.forEach(this::store);
      }
      refusals += refusal.isEmpty() ? 0 : 1;
      answer(exchange, refusal.isEmpty() ? 204 : refusalStatus, refusal.orElse(""));
    }
  }

  private void fail(HttpExchange exchange, boolean second, byte[] body) throws IOException {
    failures--;
    if (storesBeforeFailure) {
      storeGood(samples(second ? Written.v2(body) : Written.v1(body)), second);
    }
    if (failureStatus == 0) {
      exchange.close();
    } else {
      answer(exchange, failureStatus, "scripted");
    }
  }

  /** What would be stored of a request whose answer is then lost. */
  private void storeGood(List<String> lines, boolean second) {
    if (!second && refusal(lines).isPresent()) {
      return;
    }
    lines.stream().filter(line -> error(line, stored).isEmpty()).forEach(this::store);
  }

  private void storeV2(HttpExchange exchange, List<String> lines) throws IOException {
    List<String> errors = new ArrayList<>();
    int written = 0;
    for (String line : samples(lines)) {
      Optional<String> error = error(line, stored);
      if (error.isPresent()) {
        errors.add(error.get() + " for series " + printed(series(line)));
      } else {
        store(line);
        written++;
      }
    }
    exchange.getResponseHeaders().add("X-Prometheus-Remote-Write-Samples-Written", "" + written);
    exchange.getResponseHeaders().add("X-Prometheus-Remote-Write-Histograms-Written", "0");
    exchange.getResponseHeaders().add("X-Prometheus-Remote-Write-Exemplars-Written", "0");
    answer(exchange, errors.isEmpty() ? 204 : 400, String.join("\n", errors));
  }

  /** Why a whole 1.0 request is refused: its first bad sample. */
  private Optional<String> refusal(List<String> lines) {
    Map<String, List<String>> trial = new LinkedHashMap<>();
    stored.forEach((series, samples) -> trial.put(series, new ArrayList<>(samples)));
    for (String line : lines) {
      Optional<String> error = error(line, trial);
      if (error.isPresent()) {
        return error;
      }
      trial.computeIfAbsent(series(line), _ -> new ArrayList<>()).add(sample(line));
    }
    return Optional.empty();
  }

  private Optional<String> error(String line, Map<String, List<String>> known) {
    if (poison.test(line)) {
      return Optional.of("out of bounds");
    }
    List<String> samples = known.getOrDefault(series(line), List.of());
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    String newest = samples.getLast();
    if (millis(sample(line)) < millis(newest)) {
      return Optional.of("out of order sample");
    }
    boolean contradicts = millis(sample(line)) == millis(newest) && !sample(line).equals(newest);
    return contradicts ? Optional.of("duplicate sample for timestamp") : Optional.empty();
  }

  private void store(String line) {
    List<String> samples = stored.computeIfAbsent(series(line), _ -> new ArrayList<>());
    if (samples.isEmpty() || !samples.getLast().equals(sample(line))) {
      samples.add(sample(line));
    }
  }

  private static List<String> samples(List<String> lines) {
    return lines.stream().filter(line -> !line.contains("#")).toList();
  }

  private static String series(String line) {
    return line.substring(0, line.indexOf('}') + 1);
  }

  private static String sample(String line) {
    return line.substring(line.indexOf('}') + 2);
  }

  private static long millis(String sample) {
    String time = sample.substring(sample.lastIndexOf('@') + 1);
    int since = time.indexOf(' ');
    return Long.parseLong(since < 0 ? time : time.substring(0, since));
  }

  /** {@code up{a="b"}} as Prometheus prints it: {@code {__name__="up", a="b"}}. */
  private static String printed(String series) {
    int brace = series.indexOf('{');
    String rest = series.substring(brace + 1, series.length() - 1);
    String name = "__name__=\"" + series.substring(0, brace) + "\"";
    return "{" + (rest.isEmpty() ? name : name + ", " + rest) + "}";
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
