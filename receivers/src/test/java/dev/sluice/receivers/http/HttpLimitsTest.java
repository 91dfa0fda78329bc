package dev.sluice.receivers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.receivers.http.RawHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses and whom it cuts off. Deadlines are real but short. */
@Timeout(60)
class HttpLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final NamedThreads threads = new NamedThreads();
  private final MemoryBudget memory = new MemoryBudget(2 << 20);
  private final Echo echo = new Echo();
  private HttpServer server;

  @AfterEach
  void nothingIsLeft() {
    server.stop(TimeUnit.SECONDS.toNanos(5));
    threads.close();
    assertEquals(0, memory.heldBytes());
    assertEquals(0, server.connections());
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Length: 3\nTransfer-Encoding: chunked', 400",
    "'Content-Length: 3\nContent-Length: 4', 400",
    "'Content-Length: -1', 400",
    "'Content-Length: 3x', 400",
    "'Content-Length: 99999999999999999999', 400",
    "'Transfer-Encoding: gzip, chunked', 501",
    "'Transfer-Encoding: gzip', 400",
    "'Transfer-Encoding: chunked\nTransfer-Encoding: chunked', 400",
    "'Host: other', 400",
    "'Expect: miracles', 417",
    "'Bad Header: x', 400",
    "'No-Colon', 400",
  })
  void refusesAmbiguousFraming(String header, int status) throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(
          "POST /echo HTTP/1.1\nHost: h\n" + header + "\n\n0\n\nGET /smuggled HTTP/1.1\n\n");
      Answer answer = client.answer();
      assertEquals(status, answer.status());
      assertEquals("close", answer.header("connection"));
      assertTrue(client.isClosedByServer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /echo HTTP/1.1\n\n", "GET /echo HTTP/1.1\nHost:\tx\nHost: y\n\n"})
  void refusesARequestWithoutOneHost(String request) throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      assertEquals(400, client.send(request).answer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\nabc\n0\n\n", "-3\nabc\n0\n\n", "fffffffff\n", "3\nabcd\n0\n\n"})
  void refusesBadChunks(String chunks) throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n" + chunks);
      int status = client.answer().status();
      assertTrue(status == 400 || status == 413, "status " + status);
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void anHttp2PrefaceIsToldThatThisIsHttp1() throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      assertEquals(505, client.send("PRI * HTTP/2.0\n\nSM\n\n").answer().status());
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void limitsRequestLineAndHeaders() throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("GET /" + "x".repeat(10_000) + " HTTP/1.1\nHost: h\n\n");
      assertEquals(414, client.answer().status());
    }
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("GET / HTTP/1.1\nHost: h\n" + "X: y\n".repeat(3_000) + "\n");
      assertEquals(431, client.answer().status());
    }
  }

  @Test
  void refusesADeclaredLengthOverTheLimitBeforeTheBody() throws IOException {
    start(TestServers.settings());
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 4194305\n\n");
      assertEquals(413, client.answer().status());
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void refusesAChunkedBodyWhenItPassesTheLimit() throws IOException {
    start(TestServers.settings(), new MemoryBudget(64 << 20));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n");
      sendUntilRefused(client, "100000\n" + "x".repeat(1 << 20) + "\n", 8);
      assertEquals(413, client.answer().status());
    }
  }

  @Test
  void refusesABodyThatMemoryHasNoRoomFor() throws IOException {
    start(TestServers.settings());
    assertTrue(memory.tryReserve((2 << 20) - 1000));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 2000\n\n");
      assertEquals(503, client.answer().status());
      client.send("x".repeat(2000));
      memory.release((2 << 20) - 1000);
      client.send(HttpServerTest.request("/echo", "again"));
      assertEquals("again", client.answer().text());
    }
  }

  @Test
  void declaringALongBodyDoesNotReserveAllOfIt() throws Exception {
    start(TestServers.settings());
    List<RawHttp> clients = new ArrayList<>();
    try {
      clients.add(new RawHttp(server.port()));
      clients.getFirst().send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 4000000\n\n");
      awaitHeld(64 << 10);
    } finally {
      for (RawHttp client : clients) {
        client.close();
      }
    }
    awaitHeld(0);
  }

  @Test
  void closesAConnectionThatNeverEndsItsHeaders() throws IOException {
    start(TestServers.deadlines(SHORT, LONG, LONG, LONG));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: ");
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void answersAndClosesABodyThatIsTooSlow() throws IOException {
    start(TestServers.deadlines(LONG, SHORT, LONG, LONG));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 100\n\nonly this");
      assertEquals(408, client.answer().status());
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void closesAnIdleConnection() throws IOException {
    start(TestServers.deadlines(LONG, LONG, SHORT, LONG));
    try (RawHttp silent = new RawHttp(server.port());
        RawHttp client = new RawHttp(server.port())) {
      client.send(HttpServerTest.request("/echo", "x")).answer();
      assertTrue(client.isClosedByServer());
      assertTrue(silent.isClosedByServer());
    }
  }

  @Test
  void cutsAClientThatDoesNotReadItsAnswer() throws Exception {
    start(TestServers.deadlines(LONG, LONG, LONG, SHORT));
    try (Socket deaf = RawHttp.deaf(server.port())) {
      deaf.getOutputStream().write("GET /large HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      while (server.connections() == 0) {
        Thread.onSpinWait();
      }
      while (server.connections() > 0) {
        Thread.sleep(10);
      }
    }
  }

  @Test
  void doesNotCutASlowHandler() throws Exception {
    start(TestServers.deadlines(SHORT, SHORT, SHORT, SHORT));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(HttpServerTest.request("/later", "x"));
      HttpExchange exchange = echo.later.take();
      // Longer than each deadline: none of them is the handler's.
      Thread.sleep(SHORT.toMillis() * 2);
      exchange.respond(HttpResponse.text(200, "done"));
      assertEquals("done", client.answer().text());
    }
  }

  @Test
  void closesConnectionsBeyondTheLimitAndTakesThemAgainLater() throws Exception {
    start(TestServers.connections(3));
    List<RawHttp> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RawHttp client = new RawHttp(server.port());
      clients.add(client);
      client.send(HttpServerTest.request("/echo", "x")).answer();
    }
    try (RawHttp beyond = new RawHttp(server.port())) {
      assertTrue(beyond.isClosedByServer());
    }
    clients.removeFirst().close();
    while (server.connections() == 3) {
      Thread.onSpinWait();
    }
    try (RawHttp next = new RawHttp(server.port())) {
      assertEquals("x", next.send(HttpServerTest.request("/echo", "x")).answer().text());
    }
    for (RawHttp client : clients) {
      client.close();
    }
  }

  @Test
  void oneAddressCannotTakeAllConnections() throws Exception {
    start(TestServers.connectionsPerAddress(1));
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(HttpServerTest.request("/echo", "x")).answer();
      try (RawHttp second = new RawHttp(server.port())) {
        assertTrue(second.isClosedByServer());
      }
      assertEquals("y", client.send(HttpServerTest.request("/echo", "y")).answer().text());
    }
  }

  @Test
  void aClientThatGoesAwayInTheMiddleLeavesNothing() throws Exception {
    start(TestServers.settings());
    for (int i = 0; i < 50; i++) {
      try (RawHttp client = new RawHttp(server.port())) {
        client.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 100000\n\nbegun");
      }
    }
    awaitHeld(0);
    assertFalse(server.connections() > 50);
  }

  private void start(HttpServerSettings settings) throws IOException {
    start(settings, memory);
  }

  private void start(HttpServerSettings settings, MemoryBudget budget) throws IOException {
    server = HttpServer.start(settings, echo, budget, threads);
  }

  private void awaitHeld(long bytes) {
    while (memory.heldBytes() != bytes) {
      Thread.onSpinWait();
    }
  }

  private static void sendUntilRefused(RawHttp client, String part, int parts) {
    try {
      for (int i = 0; i < parts; i++) {
        client.send(part);
      }
    } catch (IOException e) {
      // The server has closed already; its answer is there to be read.
    }
  }
}
