package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.HttpExport.JSON;
import static dev.sluice.receivers.otlp.HttpExport.PROTOBUF;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Admission;
import dev.sluice.receivers.compression.Compressed;
import dev.sluice.receivers.http.RawHttp;
import dev.sluice.receivers.otlp.HttpExport.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OTLP/HTTP: what is taken, row by row of what the Collector does. */
@Timeout(60)
class OtlpHttpTest {
  private OtlpBench bench;
  private HttpExport client;

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(OtlpBench.BOTH);
    client = new HttpExport(bench);
  }

  @AfterEach
  void stop() {
    bench.close();
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void offersEachSignalAsTheBytesThatArrived(Signal signal) throws Exception {
    Telemetry sent = OtlpSamples.of(signal, 7);
    Answer answer = client.post("/v1/" + signal.label(), PROTOBUF, sent.bytes());
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
  void takesJsonAndAnswersInJson(Signal signal) throws Exception {
    Telemetry sent = OtlpSamples.of(signal, 7);
    byte[] json = ProtoToJson.request(sent);
    for (String type : new String[] {JSON, "Application/JSON; charset=utf-8"}) {
      Answer answer = client.post("/v1/" + signal.label(), type, json);
      assertEquals(200, answer.status(), answer.text());
      assertEquals(JSON, answer.header("Content-Type"));
      assertEquals("{}", answer.text());
      Telemetry offered = bench.intake.offered.take();
      assertEquals(sent.items(), offered.items());
      assertArrayEquals(JsonToProto.request(signal, json), offered.bytes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesEachCompression(Compressed how) throws Exception {
    Telemetry sent = OtlpSamples.traces(200);
    for (String name : names(how)) {
      Request request =
          client
              .request("/v1/traces", PROTOBUF, how.of(sent.bytes()))
              .header("Content-Encoding", name)
              .build();
      assertEquals(200, client.send(request).status(), name);
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
    Answer answer = client.post("/v1/logs", PROTOBUF, new byte[0]);
    assertEquals(200, answer.status());
    // A resource without records.
    assertEquals(200, client.post("/v1/logs", PROTOBUF, new byte[] {0x0a, 0}).status());
    assertNull(bench.intake.offered.poll());
    assertEquals(0, bench.counted("accepted", Signal.LOGS, "http"));
  }

  @Test
  void partialSuccessTellsHowManyWereRejected() throws IOException {
    bench.intake.answerWith(new Admission.Accepted(3, "too \"old\""));
    Answer answer = client.post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
    assertEquals(200, answer.status());
    var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertEquals(3, partial.getRejectedLogRecords());
    assertEquals("too \"old\"", partial.getErrorMessage());
    assertEquals(1, bench.counted("accepted", Signal.LOGS, "http"));
    assertEquals(3, bench.counted("failed", Signal.LOGS, "http"));
  }

  @Test
  void holdsMemoryUntilThePipelineHasAnswered() throws Exception {
    bench.intake.answerLater();
    byte[] sent = OtlpSamples.logs(3).bytes();
    CompletableFuture<Answer> answer = client.postLater("/v1/logs", PROTOBUF, sent);
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
        client.postLater("/v1/logs", PROTOBUF, OtlpSamples.logs(3).bytes());
    var reply = bench.intake.waiting.take();
    Thread stopping =
        bench.threads.start("stop", () -> bench.receiver.stop(TimeUnit.SECONDS.toNanos(30)));
    reply.answer(Admission.ACCEPTED);
    assertEquals(200, answer.get().status());
    stopping.join();
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
    try (OtlpBench configured = OtlpBench.of(yaml);
        HttpExport toConfigured = new HttpExport(configured)) {
      assertEquals(404, toConfigured.post("/v1/traces", PROTOBUF, new byte[0]).status());
      Request request =
          toConfigured
              .request("/my/traces", PROTOBUF, new byte[0])
              .header("Origin", "https://page.example")
              .build();
      Answer answer = toConfigured.send(request);
      assertEquals(200, answer.status());
      assertEquals("yes", answer.header("X-Sluice"));
      assertEquals("*", answer.header("Access-Control-Allow-Origin"));
      Request gzip =
          toConfigured
              .request("/my/traces", PROTOBUF, Compressed.GZIP.of(new byte[0]))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(400, toConfigured.send(gzip).status());
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
}
