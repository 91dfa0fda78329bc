package dev.sluice.receivers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.receivers.http.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CorsTest {
  private final NamedThreads threads = new NamedThreads();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Cors cors =
        new Cors(
            List.of("https://shop.example.com", "https://*.app.example.com"),
            List.of("X-Tenant"),
            List.of("X-Seen"),
            7200);
    server =
        HttpServer.start(TestServers.cors(cors), new Echo(), new MemoryBudget(1 << 20), threads);
  }

  @AfterEach
  void stop() {
    server.stop(TimeUnit.SECONDS.toNanos(5));
    threads.close();
  }

  @Test
  void answersAPreflightForAnAllowedOrigin() throws IOException {
    Answer answer = preflight("https://shop.example.com", "POST", "content-type, x-tenant");
    assertEquals(204, answer.status());
    assertEquals("https://shop.example.com", answer.header("access-control-allow-origin"));
    assertEquals("true", answer.header("access-control-allow-credentials"));
    assertEquals("POST", answer.header("access-control-allow-methods"));
    assertEquals("content-type, x-tenant", answer.header("access-control-allow-headers"));
    assertEquals("7200", answer.header("access-control-max-age"));
    assertEquals(
        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        answer.header("vary"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.app.example.com, POST, content-type, true",
    "https://A.APP.example.com, POST, content-type, true",
    "https://app.example.com, POST, content-type, false",
    "https://shop.example.com.evil.com, POST, content-type, false",
    "http://shop.example.com, POST, content-type, false",
    "https://shop.example.com, DELETE, content-type, false",
    "https://shop.example.com, POST, x-other, false",
  })
  void allowsWhatIsConfiguredAndNothingElse(
      String origin, String method, String headers, boolean allowed) throws IOException {
    Answer answer = preflight(origin, method, headers);
    assertEquals(204, answer.status());
    assertEquals(allowed ? origin : "", answer.header("access-control-allow-origin"));
  }

  @Test
  void marksTheAnswerItself() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      client.send(
          "POST /echo HTTP/1.1\nHost: h\nOrigin: https://shop.example.com\nContent-Length: 1\n\nx");
      Answer answer = client.answer();
      assertEquals("https://shop.example.com", answer.header("access-control-allow-origin"));
      assertEquals("X-Seen", answer.header("access-control-expose-headers"));
      client.send("POST /refused HTTP/1.1\nHost: h\nOrigin: https://shop.example.com\n\n");
      assertEquals(
          "https://shop.example.com", client.answer().header("access-control-allow-origin"));
    }
  }

  private Answer preflight(String origin, String method, String headers) throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send(
              """
              OPTIONS /echo HTTP/1.1
              Host: h
              Origin: %s
              Access-Control-Request-Method: %s
              Access-Control-Request-Headers: %s

              """
                  .formatted(origin, method, headers))
          .answer();
    }
  }
}
