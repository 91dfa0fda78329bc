package dev.sluice.receivers.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Admission;
import dev.sluice.receivers.compression.Compressed;
import dev.sluice.receivers.http.RawHttp;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OTLP/HTTP, row by row of what the Collector does, and where we mean to differ. */
@Timeout(60)
class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final OkHttpClient client =
      new OkHttpClient.Builder().readTimeout(30, TimeUnit.SECONDS).build();
  private OtlpBench bench;

  /** An answer, read in full. */
  private record Answer(Response response, byte[] body) {
    int status() {
      return response.code();
    }

    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return String.valueOf(response.header(name));
    }
  }

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(OtlpBench.BOTH);
  }

  @AfterEach
  void stop() {
    bench.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @ParameterizedTest
  @EnumSource
  void offersEachSignalAsTheBytesThatArrived(Signal signal) throws Exception {
    Telemetry sent = OtlpSamples.of(signal, 7);
    Answer answer = post("/v1/" + signal.label(), PROTOBUF, sent.bytes());
    assertEquals(200, answer.status());
    assertEquals(PROTOBUF, answer.header("Content-Type"));
    assertEquals(0, answer.body().length);
    Telemetry offered = bench.intake.offered.take();
    assertEquals(signal, offered.signal());
    assertEquals(sent.items(), offered.items());
    assertArrayEquals(sent.bytes(), offered.bytes());
    assertEquals(sent.items(), bench.counted("accepted", signal, "http"));
  }

  @ParameterizedTest
  @EnumSource
  void takesEachCompression(Compressed how) throws Exception {
    Telemetry sent = OtlpSamples.traces(200);
    for (String name : names(how)) {
      Request request =
          request("/v1/traces", PROTOBUF, how.of(sent.bytes()))
              .header("Content-Encoding", name)
              .build();
      assertEquals(200, send(request).status(), name);
      assertArrayEquals(sent.bytes(), bench.intake.offered.take().bytes());
    }
  }

  private static String[] names(Compressed how) {
    return switch (how) {
      case GZIP -> new String[] {"gzip"};
      case ZLIB -> new String[] {"zlib", "deflate"};
      case ZSTD_SIZED, ZSTD_STREAMED -> new String[] {"zstd"};
      case SNAPPY_BLOCK -> new String[] {"snappy"};
      case SNAPPY_FRAMED -> new String[] {"snappy", "x-snappy-framed"};
    };
  }

  @Test
  void anEmptyRequestIsAnsweredAtOnceAndTouchesNothing() throws IOException {
    Answer answer = post("/v1/logs", PROTOBUF, new byte[0]);
    assertEquals(200, answer.status());
    // A resource without records.
    assertEquals(200, post("/v1/logs", PROTOBUF, new byte[] {0x0a, 0}).status());
    assertNull(bench.intake.offered.poll());
    assertEquals(0, bench.counted("accepted", Signal.LOGS, "http"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, application/x-protobuf, 404, '404 page not found\n'",
    "POST, /v1/traces/, application/x-protobuf, 404, '404 page not found\n'",
    "POST, /v1development/profiles, application/x-protobuf, 404, '404 page not found\n'",
    "GET, /v1/traces, application/x-protobuf, 405, '405 method not allowed, supported: [POST]'",
    "PUT, /v1/traces, application/x-protobuf, 405, '405 method not allowed, supported: [POST]'",
    "POST, /v1/traces, text/plain, 415,"
        + " '415 unsupported media type, supported: [application/json, application/x-protobuf]'",
    "POST, /v1/traces, application/grpc, 415,"
        + " '415 unsupported media type, supported: [application/json, application/x-protobuf]'",
  })
  void refusesWhatIsNotOtlp(String method, String path, String type, int status, String text)
      throws IOException {
    Request request =
        request(path, type, new byte[0])
            .method(method, method.equals("GET") ? null : RequestBody.create(new byte[0]))
            .header("Content-Type", type)
            .build();
    Answer answer = send(request);
    assertEquals(status, answer.status());
    assertEquals(text, answer.text());
    assertTrue(answer.header("Content-Type").startsWith("text/plain"));
  }

  @Test
  void malformedProtobufIsToldAsStatusInProtobuf() throws IOException {
    Answer answer = post("/v1/traces", PROTOBUF, new byte[] {0x0a, 5, 1});
    assertEquals(400, answer.status());
    assertEquals(PROTOBUF, answer.header("Content-Type"));
    Status status = Status.parseFrom(answer.body());
    assertEquals(3, status.getCode());
    assertTrue(!status.getMessage().isEmpty());
    assertEquals(0, status.getDetailsCount());
  }

  @Test
  void malformedJsonIsToldAsStatusInJson() throws IOException {
    Answer answer =
        post("/v1/traces", JSON + "; charset=utf-8", "{\"resourceSpans\": 7".getBytes(UTF_8));
    assertEquals(400, answer.status());
    assertEquals(JSON, answer.header("Content-Type"));
    assertTrue(answer.text().startsWith("{\"code\":3,\"message\":\""), answer.text());
  }

  @ParameterizedTest
  @CsvSource({"br", "'gzip, gzip'", "GZIPP"})
  void anUnknownEncodingIsRefused(String encoding) throws IOException {
    Answer answer =
        send(
            request("/v1/traces", PROTOBUF, new byte[] {1})
                .header("Content-Encoding", encoding)
                .build());
    assertEquals(400, answer.status());
    assertEquals(
        "unsupported Content-Encoding: " + encoding, Status.parseFrom(answer.body()).getMessage());
  }

  @Test
  void aBodyOfAnotherEncodingIsRefusedAndTheNextIsTaken() throws Exception {
    byte[] sent = OtlpSamples.logs(3).bytes();
    for (int i = 0; i < 20; i++) {
      Request wrong =
          request("/v1/logs", PROTOBUF, sent).header("Content-Encoding", "gzip").build();
      assertEquals(400, send(wrong).status());
      Request right =
          request("/v1/logs", PROTOBUF, Compressed.GZIP.of(sent))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(200, send(right).status());
      assertArrayEquals(sent, bench.intake.offered.take().bytes());
    }
  }

  @Test
  void overloadSaysWhenToComeAgain() throws IOException {
    bench.intake.answerWith(
        new Admission.Refused("the queue is full", TimeUnit.MILLISECONDS.toNanos(1500)));
    Answer answer = post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
    assertEquals(503, answer.status());
    assertEquals("2", answer.header("Retry-After"));
    Status status = Status.parseFrom(answer.body());
    assertEquals(14, status.getCode());
    assertEquals("the queue is full", status.getMessage());
    RetryInfo retry = status.getDetails(0).unpack(RetryInfo.class);
    assertEquals(1, retry.getRetryDelay().getSeconds());
    assertEquals(500_000_000, retry.getRetryDelay().getNanos());
    assertEquals(4, bench.counted("refused", Signal.LOGS, "http"));
    assertEquals(0, bench.counted("accepted", Signal.LOGS, "http"));
  }

  @Test
  void aFailureSaysNotToComeAgain() throws IOException {
    bench.intake.answerWith(new Admission.Failed("broken"));
    Answer answer = post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
    assertEquals(500, answer.status());
    assertEquals("null", answer.header("Retry-After"));
    assertEquals(13, Status.parseFrom(answer.body()).getCode());
    assertEquals(4, bench.counted("failed", Signal.LOGS, "http"));
  }

  @Test
  void partialSuccessTellsHowManyWereRejected() throws IOException {
    bench.intake.answerWith(new Admission.Accepted(3, "too \"old\""));
    Answer answer = post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
    assertEquals(200, answer.status());
    var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertEquals(3, partial.getRejectedLogRecords());
    assertEquals("too \"old\"", partial.getErrorMessage());
    assertEquals(1, bench.counted("accepted", Signal.LOGS, "http"));
    assertEquals(3, bench.counted("failed", Signal.LOGS, "http"));
  }

  @Test
  void aBodyOverTheLimitIsTooLargeAsSentAndAgainDecompressed() throws IOException {
    try (OtlpBench small = OtlpBench.of(OtlpBench.BOTH + "    max_request_body_size: 10000\n")) {
      Answer sent = post(small, "/v1/logs", PROTOBUF, new byte[10_001]);
      assertEquals(413, sent.status());
      assertEquals(8, Status.parseFrom(sent.body()).getCode());
      Request bomb =
          request(small, "/v1/logs", PROTOBUF, Compressed.GZIP.of(new byte[5_000_000]))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(413, send(bomb).status());
    }
  }

  @Test
  void memoryThatIsShortRefusesRetryably() throws IOException {
    try (OtlpBench small = OtlpBench.of(OtlpBench.BOTH, 100_000)) {
      byte[] sent = OtlpSamples.logs(2000).bytes();
      assertTrue(sent.length > 100_000);
      Answer answer = post(small, "/v1/logs", PROTOBUF, sent);
      assertEquals(503, answer.status());
      assertEquals("1", answer.header("Retry-After"));
      Request compressed =
          request(small, "/v1/logs", PROTOBUF, Compressed.GZIP.of(sent))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(503, send(compressed).status());
      assertEquals(0, small.memory.heldBytes());
    }
  }

  @Test
  void holdsMemoryUntilThePipelineHasAnswered() throws Exception {
    bench.intake.answerLater();
    byte[] sent = OtlpSamples.logs(3).bytes();
    CompletableFuture<Answer> answer = later(request("/v1/logs", PROTOBUF, sent).build());
    var reply = bench.intake.waiting.take();
    assertEquals(sent.length, bench.memory.heldBytes());
    reply.answer(Admission.ACCEPTED);
    assertEquals(200, answer.get().status());
    bench.awaitHeld(0);
  }

  @Test
  void stopAnswersWhatIsInFlight() throws Exception {
    bench.intake.answerLater();
    CompletableFuture<Answer> answer =
        later(request("/v1/logs", PROTOBUF, OtlpSamples.logs(3).bytes()).build());
    var reply = bench.intake.waiting.take();
    Thread stopping =
        bench.threads.start("stop", () -> bench.receiver.stop(TimeUnit.SECONDS.toNanos(30)));
    reply.answer(Admission.ACCEPTED);
    assertEquals(200, answer.get().status());
    stopping.join();
  }

  @Test
  void aSignalWithoutAPipelineIsNotFound() throws IOException {
    try (OtlpBench logs = OtlpBench.only(Signal.LOGS)) {
      assertEquals(404, post(logs, "/v1/traces", PROTOBUF, new byte[0]).status());
      assertEquals(200, post(logs, "/v1/logs", PROTOBUF, new byte[0]).status());
    }
  }

  @Test
  void pathsEncodingsHeadersAndCorsAreConfigurable() throws IOException {
    String yaml =
        OtlpBench.BOTH
            + """
                traces_url_path: my/traces
                compression_algorithms: [zstd]
                response_headers:
                  X-Sluice: "yes"
                cors:
                  allowed_origins: ["*"]
            """;
    try (OtlpBench configured = OtlpBench.of(yaml)) {
      assertEquals(404, post(configured, "/v1/traces", PROTOBUF, new byte[0]).status());
      Request request =
          request(configured, "/my/traces", PROTOBUF, new byte[0])
              .header("Origin", "https://page.example")
              .build();
      Answer answer = send(request);
      assertEquals(200, answer.status());
      assertEquals("yes", answer.header("X-Sluice"));
      assertEquals("*", answer.header("Access-Control-Allow-Origin"));
      Request gzip =
          request(configured, "/my/traces", PROTOBUF, Compressed.GZIP.of(new byte[0]))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(400, send(gzip).status());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    byte[] logs = OtlpSamples.logs(2).bytes();
    String head =
        """
        POST /v1/logs HTTP/1.1
        Host: h
        Content-Type: application/x-protobuf
        Content-Length: %d

        """;
    try (RawHttp raw = new RawHttp(bench.receiver.httpPort())) {
      for (int i = 0; i < 50; i++) {
        byte[] body = i % 2 == 0 ? logs : Arrays.copyOf(logs, logs.length - 1);
        raw.send(head.formatted(body.length)).send(body);
      }
      for (int i = 0; i < 50; i++) {
        assertEquals(i % 2 == 0 ? 200 : 400, raw.answer().status());
      }
    }
  }

  private Answer post(String path, String type, byte[] body) throws IOException {
    return post(bench, path, type, body);
  }

  private Answer post(OtlpBench at, String path, String type, byte[] body) throws IOException {
    return send(request(at, path, type, body).build());
  }

  private Request.Builder request(String path, String type, byte[] body) {
    return request(bench, path, type, body);
  }

  private static Request.Builder request(OtlpBench at, String path, String type, byte[] body) {
    return new Request.Builder()
        .url("http://127.0.0.1:" + at.receiver.httpPort() + path)
        .post(RequestBody.create(body, MediaType.parse(type)));
  }

  private Answer send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return new Answer(response, Objects.requireNonNull(response.body()).bytes());
    }
  }

  private CompletableFuture<Answer> later(Request request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                  answer.complete(new Answer(response, response.body().bytes()));
                }
              }
            });
    return answer;
  }
}
