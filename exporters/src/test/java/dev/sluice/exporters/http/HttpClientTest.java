package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExportResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {
  private static final long LONG = Duration.ofSeconds(30).toNanos();
  private static final long SHORT = Duration.ofMillis(200).toNanos();

  @Test
  void sendsMethodPathHeadersAndBody() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      answer(client.post(request(backend.url("/a/b?c=d")), LONG));
      HttpBackend.Received request = backend.take();
      assertEquals("POST", request.method());
      assertEquals("/a/b?c=d", request.path());
      assertEquals("text/x-test;proto=a.B", request.header("Content-Type"));
      assertEquals("mine", request.header("X-Protocol"));
      assertEquals("Test/1", request.header("User-Agent"));
      assertArrayEquals(bytes("hello"), request.raw());
    }
  }

  @Test
  void configuredHeadersReplaceTheUserAgentAndNotTheProtocols() {
    Map<String, String> headers =
        Map.of("user-agent", "me", "x-protocol", "other", "content-type", "other", "X-Tenant", "t");
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS.withHeaders(headers))) {
      answer(client.post(request(backend.url("/")), LONG));
      HttpBackend.Received request = backend.take();
      assertEquals("me", request.header("User-Agent"));
      assertEquals("mine", request.header("X-Protocol"));
      assertEquals("text/x-test;proto=a.B", request.header("Content-Type"));
      assertEquals("t", request.header("X-Tenant"));
    }
  }

  @Test
  void keepsTheConnection() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      for (int i = 0; i < 3; i++) {
        answer(client.post(request(backend.url("/")), LONG));
      }
      assertEquals(1, backend.connections());
    }
  }

  @Test
  void closesEachConnectionWhenToldNotToKeepThem() {
    HttpClientSettings settings = settings("disable_keep_alives: true");
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(settings)) {
      for (int i = 0; i < 3; i++) {
        answer(client.post(request(backend.url("/")), LONG));
      }
      assertEquals(3, backend.connections());
    }
  }

  @Test
  void goesThroughAProxy() {
    try (HttpBackend proxy = HttpBackend.start();
        HttpClient client =
            client(settings("proxy_url: http://user:secret@127.0.0.1:" + proxy.port()))) {
      answer(client.post(request("http://tempo.invalid:4318/v1/traces"), LONG));
      HttpBackend.Received request = proxy.take();
      assertEquals("http://tempo.invalid:4318/v1/traces", request.path());
      assertEquals("Basic dXNlcjpzZWNyZXQ=", request.header("Proxy-Authorization"));
    }
  }

  @Test
  void givesBackStatusHeadersAndBody() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.status(418).header("X-Tea", "pot").text("short\nand stout"));
      HttpAnswer answer = answer(client.post(request(backend.url("/tea?secret=1")), LONG));
      assertEquals(418, answer.status());
      assertEquals("pot", answer.header("x-tea"));
      assertEquals("short and stout", answer.text());
      assertEquals(backend.url("/tea") + " answered 418: no", answer.reason("no"));
    }
  }

  /** Reliability test 18. */
  @Test
  void readsOnlyTheBeginningOfAHugeBody() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.status(400).manner(Reply.Manner.HUGE));
      HttpAnswer answer = answer(client.post(request(backend.url("/")), LONG));
      assertTrue(answer.truncated());
      assertEquals(HttpClient.ANSWER_BYTES_MAX, answer.body().length);
    }
  }

  /** Reliability test 16: a loop of redirects ends before it begins. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.status(status).header("Location", backend.url("/other")));
      assertEquals(status, answer(client.post(request(backend.url("/")), LONG)).status());
      backend.take();
      assertEquals(0, backend.waiting());
    }
  }

  @Test
  void repeatsNothingByItself() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.status(503).header("Retry-After", "0"), Reply.status(408));
      assertEquals(503, answer(client.post(request(backend.url("/")), LONG)).status());
      assertEquals(408, answer(client.post(request(backend.url("/")), LONG)).status());
      backend.script(Reply.close());
      retry(client.post(request(backend.url("/")), LONG));
      backend.take();
      backend.take();
      backend.take();
      assertEquals(0, backend.waiting());
    }
  }

  @Test
  void timesOutOnAPeerThatHangs() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.hang(), Reply.status(200).manner(Reply.Manner.HEAD_ONLY));
      for (int i = 0; i < 2; i++) {
        ExportResult.Retry retry = retry(client.post(request(backend.url("/")), SHORT));
        assertTrue(retry.reason().contains("no answer within 200 ms"), retry.reason());
        assertEquals(-1, retry.delayNanos());
      }
    }
  }

  @Test
  void halfAnAnswerIsNone() {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.status(200).text("half").manner(Reply.Manner.HALF), Reply.close());
      retry(client.post(request(backend.url("/")), LONG));
      retry(client.post(request(backend.url("/")), LONG));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interruptAborts(boolean isVirtual) throws Exception {
    try (HttpBackend backend = HttpBackend.start();
        HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      backend.script(Reply.hang());
      CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
      HttpRequest request = request(backend.url("/"));
      Thread caller =
          (isVirtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon())
              .start(() -> outcome.complete(client.post(request, Long.MAX_VALUE)));
      backend.take();
      caller.interrupt();
      ExportResult.Retry retry = retry(outcome.get(20, TimeUnit.SECONDS));
      assertTrue(retry.reason().contains("interrupted"), retry.reason());
    }
  }

  @Test
  void saysThatNothingListens() throws Exception {
    String url;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://user:secret@127.0.0.1:" + taken.getLocalPort() + "/v1/traces?token=secret";
    }
    try (HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      ExportResult.Retry retry = retry(client.post(request(url), LONG));
      assertTrue(retry.reason().contains("connection refused"), retry.reason());
      assertTrue(retry.reason().contains("/v1/traces"), retry.reason());
      assertTrue(!retry.reason().contains("secret"), retry.reason());
    }
  }

  @Test
  void saysThatANameCannotBeResolved() {
    try (HttpClient client = client(HttpClientSettings.DEFAULTS)) {
      ExportResult.Retry retry = retry(client.post(request("http://sluice.invalid/"), LONG));
      assertTrue(retry.reason().contains("cannot be resolved"), retry.reason());
    }
  }

  private static HttpClientSettings settings(String yaml) {
    return HttpClientSettings.read(Sections.of(yaml, new Problems()), HttpClientSettings.DEFAULTS);
  }

  private static HttpClient client(HttpClientSettings settings) {
    return new HttpClient(settings, "Test/1", Samples.context("test", Signal.TRACES));
  }

  private static HttpRequest request(String url) {
    return new HttpRequest(
        url,
        Map.of("X-Protocol", "mine"),
        "text/x-test;proto=a.B",
        Compression.NONE,
        Body.of(bytes("hello")));
  }

  private static HttpAnswer answer(HttpOutcome outcome) {
    return assertInstanceOf(HttpAnswer.class, outcome);
  }

  private static ExportResult.Retry retry(HttpOutcome outcome) {
    HttpOutcome.Unanswered unanswered = assertInstanceOf(HttpOutcome.Unanswered.class, outcome);
    return assertInstanceOf(ExportResult.Retry.class, unanswered.result());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
