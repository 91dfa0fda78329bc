package dev.sluice.receivers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.receivers.http.RawHttp.Answer;
import dev.sluice.receivers.limits.Throttle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Framing, order and answers of the server; what it refuses is in {@link HttpLimitsTest}. */
@Timeout(60)
class HttpServerTest {
  private final NamedThreads threads = new NamedThreads();
  private final MemoryBudget memory = new MemoryBudget(16 << 20);
  private final Echo echo = new Echo();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.start(TestServers.settings(), echo, memory, threads);
  }

  @AfterEach
  void nothingIsLeft() {
    server.stop(TimeUnit.SECONDS.toNanos(5));
    threads.close();
    assertEquals(0, memory.heldBytes());
    assertEquals(0, server.connections());
  }

  @Test
  void answersManyRequestsOnOneConnection() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      for (int i = 0; i < 100; i++) {
        assertEquals("hello" + i, post(client, "/echo", "hello" + i).text());
      }
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      requests.append(request("/echo", "r" + i));
    }
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(requests.toString());
      for (int i = 0; i < 2000; i++) {
        assertEquals("r" + i, client.answer().text());
      }
    }
  }

  @Test
  void pipelinedRequestWaitsForTheAnswerBeforeIt() throws Exception {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(request("/later", "first") + request("/echo", "second"));
      HttpExchange first = echo.later.take();
      Thread answering =
          threads.start("answer", () -> first.respond(HttpResponse.text(202, "one")));
      assertEquals("one", client.answer().text());
      assertEquals("second", client.answer().text());
      answering.join();
    }
  }

  @Test
  void aConnectionRestsAfterARefusal() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      long sentNanos = System.nanoTime();
      client.send(request("/full", "first") + request("/echo", "second"));
      assertEquals(503, client.answer().status());
      assertEquals("second", client.answer().text());
      assertTrue(System.nanoTime() - sentNanos >= Throttle.PAUSE_NANOS);
    }
  }

  @Test
  void onlyTheFirstAnswerCounts() throws Exception {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(request("/later", "x"));
      HttpExchange exchange = echo.later.take();
      exchange.respond(HttpResponse.text(200, "one"));
      exchange.respond(HttpResponse.text(500, "two"));
      assertEquals("one", client.answer().text());
      assertEquals("next", post(client, "/echo", "next").text());
    }
  }

  @Test
  void readsChunkedBodies() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(
          """
          POST /echo HTTP/1.1
          Host: h
          Transfer-Encoding: chunked

          3
          abc
          a;extension=1
          0123456789
          0
          Trailer: x

          """);
      assertEquals("abc0123456789", client.answer().text());
      assertEquals("next", post(client, "/echo", "next").text());
    }
  }

  @Test
  void readsLargeBodiesOfKnownAndUnknownLength() throws IOException {
    byte[] body = new byte[3_000_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31);
    }
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 3000000\n\n").send(body);
      assertArrayEquals(body, client.answer().body());
      client
          .send("POST /echo HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n2dc6c0\n")
          .send(body);
      client.send("\n0\n\n");
      assertArrayEquals(body, client.answer().body());
    }
  }

  @Test
  void saysContinueOnlyWhenItWantsTheBody() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
      assertEquals(100, client.answer().status());
      client.send("ok");
      assertEquals("ok", client.answer().text());
      client.send("POST /refused HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
      assertEquals(404, client.answer().status());
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void keepsTheConnectionWhenASmallBodyIsRefused() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      Answer refused = post(client, "/refused", "a body that nobody reads");
      assertEquals(404, refused.status());
      assertEquals("next", post(client, "/echo", "next").text());
    }
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("HEAD /large HTTP/1.1\nHost: h\n\n");
      Answer head = client.answer(false);
      assertEquals(Integer.toString(Echo.LARGE_BYTES), head.header("content-length"));
      assertEquals("next", post(client, "/echo", "next").text());
    }
  }

  @Test
  void closesWhenAskedToAndForHttp10() throws IOException {
    for (String head :
        List.of("GET /echo HTTP/1.1\nHost: h\nConnection: close\n\n", "GET /echo HTTP/1.0\n\n")) {
      try (RawHttp client = new RawHttp(server.port())) {
        Answer answer = client.send(head).answer();
        assertEquals(200, answer.status());
        assertEquals("close", answer.header("connection"));
        assertTrue(client.isClosedByServer());
      }
    }
  }

  @Test
  void whatTheHandlerThrowsIsAnInternalError() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      assertEquals(500, post(client, "/broken", "x").status());
      assertEquals("next", post(client, "/echo", "next").text());
    }
  }

  @Test
  void takesPathAndQueryApart() throws Exception {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("GET http://proxy/later?a=b?c HTTP/1.1\nHost: h\nX-One: 1\n\n");
      HttpExchange exchange = echo.later.take();
      assertEquals("/later", exchange.path());
      assertEquals("a=b?c", exchange.query());
      assertEquals("1", exchange.header("x-oNe"));
      assertEquals("127.0.0.1", exchange.remoteAddress().getAddress().getHostAddress());
      exchange.respond(HttpResponse.empty(204));
      assertEquals("", client.answer().header("content-length"));
    }
  }

  @Test
  void stopAnswersWhatIsInFlightAndClosesWhatIsIdle() throws Exception {
    try (RawHttp idle = new RawHttp(server.port());
        RawHttp busy = new RawHttp(server.port())) {
      post(idle, "/echo", "x");
      busy.send(request("/later", "x"));
      HttpExchange exchange = echo.later.take();
      Thread stopping = threads.start("stop", () -> server.stop(TimeUnit.SECONDS.toNanos(30)));
      assertTrue(idle.isClosedByServer());
      awaitRefused(server.port());
      exchange.respond(HttpResponse.text(200, "in time"));
      Answer answer = busy.answer();
      assertEquals("in time", answer.text());
      assertEquals("close", answer.header("connection"));
      stopping.join();
    }
  }

  /** The system takes connections for a moment longer than the listener; not for ever. */
  private static void awaitRefused(int port) {
    while (true) {
      try (RawHttp _ = new RawHttp(port)) {
        Thread.onSpinWait();
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void stopCutsWhatIsNotAnsweredInTime() throws Exception {
    try (RawHttp busy = new RawHttp(server.port())) {
      busy.send(request("/later", "x"));
      HttpExchange exchange = echo.later.take();
      server.stop(TimeUnit.MILLISECONDS.toNanos(50));
      assertTrue(busy.isClosedByServer());
      exchange.respond(HttpResponse.text(200, "too late"));
    }
  }

  @Test
  void aPortInUseIsNamed() {
    HttpServerSettings taken = TestServers.settings("localhost", server.port());
    IOException refused =
        assertThrows(IOException.class, () -> HttpServer.start(taken, echo, memory, threads));
    assertTrue(refused.getMessage().contains("127.0.0.1:" + server.port()), refused.getMessage());
  }

  static String request(String path, String body) {
    return "POST " + path + " HTTP/1.1\nHost: h\nContent-Length: " + body.length() + "\n\n" + body;
  }

  private static Answer post(RawHttp client, String path, String body) throws IOException {
    client.send(request(path, "").replace("Content-Length: 0", "Content-Length: " + body.length()));
    return client.send(body.getBytes(UTF_8)).answer();
  }
}
