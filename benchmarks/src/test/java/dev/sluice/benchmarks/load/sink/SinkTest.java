package dev.sluice.benchmarks.load.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.reference.GeneratedLokiPush;
import dev.sluice.benchmarks.reference.GeneratedRemoteWrite;
import dev.sluice.otlp.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SinkTest {
  private static final int ITEMS = 100;
  private static final IdLedger.Account ALL = new IdLedger.Account(ITEMS, ITEMS, 0, 0, 0, 0);

  private final IdLedger ledger = new IdLedger(Payloads.ID_BASE, ITEMS, 1);
  private final Payloads payloads = new Payloads(5, ITEMS);
  private Sink sink;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    sink = new Sink();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    sink.check(ledger);
    ledger.accepted(0);
  }

  @AfterEach
  void stop() throws IOException {
    client.shutdownNow();
    sink.close();
  }

  @Test
  void readsSpans() throws Exception {
    assertEquals(200, post("/v1/traces", "", payloads.next(Signal.TRACES)));
    assertEquals(ALL, ledger.account());
  }

  @Test
  void readsOtlpLogs() throws Exception {
    assertEquals(200, post("/otlp/v1/logs", "", payloads.next(Signal.LOGS)));
    assertEquals(ALL, ledger.account());
  }

  @Test
  void inflatesGzip() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(payloads.next(Signal.TRACES));
    }
    assertEquals(200, post("/v1/traces", "gzip", out.toByteArray()));
    assertEquals(ALL, ledger.account());
  }

  @Test
  void readsLokiPushes() throws Exception {
    byte[] push = Snappy.compress(GeneratedLokiPush.encode(payloads.next(Signal.LOGS)));
    assertEquals(204, post("/loki/api/v1/push", "", push));
    assertEquals(ALL, ledger.account());
  }

  @Test
  void readsRemoteWrite() throws Exception {
    byte[] write = Snappy.compress(GeneratedRemoteWrite.encode(payloads.next(Signal.METRICS)));
    assertEquals(204, post("/api/v1/write", "snappy", write));
    assertEquals(ALL, ledger.account());
  }

  @Test
  void keepsNoAccountWithoutALedger() throws Exception {
    sink.check(null);
    assertEquals(200, post("/v1/traces", "", payloads.next(Signal.TRACES)));
    assertEquals(0, ledger.account().deliveries());
    assertEquals(1, sink.requests());
  }

  @Test
  void answersNothingWhileItIsStopped() throws Exception {
    sink.stop();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request("/v1/traces", "", payloads.next(Signal.TRACES)),
            HttpResponse.BodyHandlers.discarding());
    while (sink.requests() == 0) {
      Thread.onSpinWait();
    }
    assertFalse(answer.isDone());
    sink.start();
    assertEquals(200, answer.get().statusCode());
  }

  @Test
  void takesNoMoreThanItsPace() throws Exception {
    sink.pace(1000);
    byte[] spans = payloads.next(Signal.TRACES);
    long start = System.nanoTime();
    assertEquals(200, post("/v1/traces", "", spans));
    assertEquals(200, post("/v1/traces", "", spans));
    assertTrue(System.nanoTime() - start >= 200_000_000, "200 items at 1000 a second");
  }

  @Test
  void idsComeInTheOrderOfTheMessage() throws Exception {
    byte[] message = payloads.next(Signal.TRACES);
    IdReader reader = new IdReader();
    reader.read(Format.TRACES, message, message.length);
    assertArrayEquals(
        LongStream.range(Payloads.ID_BASE, Payloads.ID_BASE + ITEMS).toArray(),
        Arrays.copyOf(reader.ids(), reader.count()));
  }

  private int post(String path, String encoding, byte[] body) throws Exception {
    return client
        .send(request(path, encoding, body), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private HttpRequest request(String path, String encoding, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port() + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return (encoding.isEmpty() ? request : request.header("Content-Encoding", encoding)).build();
  }
}
