package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.HttpExport.JSON;
import static dev.sluice.receivers.otlp.HttpExport.PROTOBUF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Admission;
import dev.sluice.receivers.compression.Compressed;
import dev.sluice.receivers.otlp.HttpExport.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * OTLP/HTTP: what is refused and in what words, as the Collector or as we mean to differ; of
 * "Reliability test 30" the bombs, of 40 the next body, of 41 the profiles.
 */
@Timeout(60)
class OtlpHttpRefusalTest {
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

  @Test
  void refusalsOfJsonAreJson() throws Exception {
    byte[] json = ProtoToJson.request(OtlpSamples.logs(4));
    bench.intake.answerWith(new Admission.Accepted(3, "too \"old\""));
    assertEquals(
        "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"too \\\"old\\\"\"}}",
        client.post("/v1/logs", JSON, json).text());
    bench.intake.answerWith(new Admission.Refused("full\n", TimeUnit.MILLISECONDS.toNanos(1500)));
    Answer answer = client.post("/v1/logs", JSON, json);
    assertEquals(503, answer.status());
    assertEquals("2", answer.header("Retry-After"));
    assertEquals(
        "{\"code\":14,\"message\":\"full\\u000a\",\"details\":[{\"@type\":"
            + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1.500000000s\"}]}",
        answer.text());
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
        client
            .request(path, type, new byte[0])
            .method(method, method.equals("GET") ? null : RequestBody.create(new byte[0]))
            .header("Content-Type", type)
            .build();
    Answer answer = client.send(request);
    assertEquals(status, answer.status());
    assertEquals(text, answer.text());
    assertTrue(answer.header("Content-Type").startsWith("text/plain"));
  }

  @Test
  void malformedProtobufIsToldAsStatusInProtobuf() throws IOException {
    Answer answer = client.post("/v1/traces", PROTOBUF, new byte[] {0x0a, 5, 1});
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
        client.post(
            "/v1/traces", JSON + "; charset=utf-8", "{\"resourceSpans\": 7".getBytes(UTF_8));
    assertEquals(400, answer.status());
    assertEquals(JSON, answer.header("Content-Type"));
    assertTrue(answer.text().startsWith("{\"code\":3,\"message\":\""), answer.text());
  }

  @ParameterizedTest
  @CsvSource({"br", "'gzip, gzip'", "GZIPP"})
  void anUnknownEncodingIsRefused(String encoding) throws IOException {
    Answer answer =
        client.send(
            client
                .request("/v1/traces", PROTOBUF, new byte[] {1})
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
          client.request("/v1/logs", PROTOBUF, sent).header("Content-Encoding", "gzip").build();
      assertEquals(400, client.send(wrong).status());
      Request right =
          client
              .request("/v1/logs", PROTOBUF, Compressed.GZIP.of(sent))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(200, client.send(right).status());
      assertArrayEquals(sent, bench.intake.offered.take().bytes());
    }
  }

  @Test
  void severalGzipMembersAreTakenInFullAndHalfOfThemNotAtAll() throws Exception {
    byte[] sent = OtlpSamples.logs(3).bytes();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Compressed.GZIP.of(sent));
    members.writeBytes(Compressed.GZIP.of(sent));
    byte[] both = members.toByteArray();
    byte[] cut = Arrays.copyOf(both, both.length - 1);
    assertEquals(400, client.post("/v1/logs", PROTOBUF, "gzip", cut).status());
    assertNull(bench.intake.offered.poll());
    assertEquals(200, client.post("/v1/logs", PROTOBUF, "gzip", both).status());
    assertEquals(6, bench.intake.offered.take().items());
  }

  @Test
  void overloadSaysWhenToComeAgain() throws IOException {
    bench.intake.answerWith(
        new Admission.Refused("the queue is full", TimeUnit.MILLISECONDS.toNanos(1500)));
    Answer answer = client.post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
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
    Answer answer = client.post("/v1/logs", PROTOBUF, OtlpSamples.logs(4).bytes());
    assertEquals(500, answer.status());
    assertEquals("null", answer.header("Retry-After"));
    assertEquals(13, Status.parseFrom(answer.body()).getCode());
    assertEquals(4, bench.counted("failed", Signal.LOGS, "http"));
  }

  @Test
  void aBodyOverTheLimitIsTooLargeAsSentAndAgainDecompressed() throws IOException {
    try (OtlpBench small = OtlpBench.of(OtlpBench.BOTH + "    max_request_body_size: 10000\n");
        HttpExport toSmall = new HttpExport(small)) {
      Answer sent = toSmall.post("/v1/logs", PROTOBUF, new byte[10_001]);
      assertEquals(413, sent.status());
      assertEquals(8, Status.parseFrom(sent.body()).getCode());
      Request bomb =
          toSmall
              .request("/v1/logs", PROTOBUF, Compressed.GZIP.of(new byte[5_000_000]))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(413, client.send(bomb).status());
    }
  }

  @Test
  void memoryThatIsShortRefusesRetryably() throws IOException {
    try (OtlpBench small = OtlpBench.of(OtlpBench.BOTH, 100_000);
        HttpExport toSmall = new HttpExport(small)) {
      byte[] sent = OtlpSamples.logs(2000).bytes();
      assertTrue(sent.length > 100_000);
      Answer answer = toSmall.post("/v1/logs", PROTOBUF, sent);
      assertEquals(503, answer.status());
      assertEquals("1", answer.header("Retry-After"));
      Request compressed =
          toSmall
              .request("/v1/logs", PROTOBUF, Compressed.GZIP.of(sent))
              .header("Content-Encoding", "gzip")
              .build();
      assertEquals(503, client.send(compressed).status());
      assertEquals(0, small.memory.heldBytes());
    }
  }

  @Test
  void aSignalWithoutAPipelineIsNotFound() throws IOException {
    try (OtlpBench logs = OtlpBench.only(Signal.LOGS);
        HttpExport toLogs = new HttpExport(logs)) {
      assertEquals(404, toLogs.post("/v1/traces", PROTOBUF, new byte[0]).status());
      assertEquals(200, toLogs.post("/v1/logs", PROTOBUF, new byte[0]).status());
    }
  }
}
