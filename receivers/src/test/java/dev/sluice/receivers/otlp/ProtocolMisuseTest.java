package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.END_HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.END_STREAM;
import static dev.sluice.receivers.otlp.RawHttp2.GOAWAY;
import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.PING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.http.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reliability test 36: requests that are not what they say, on connections that go on afterwards or
 * are closed, and are never confused. Framing is in {@code HttpLimitsTest}, encodings in {@code
 * OtlpHttpRefusalTest} and {@code OtlpGrpcTest}.
 */
@Timeout(60)
class ProtocolMisuseTest {
  private OtlpBench bench;

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(OtlpBench.BOTH);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({"text/plain, trailers", "application/json, trailers", "'', trailers"})
  void aGrpcCallOfAnotherContentTypeIsUnsupportedAndTheNextIsTaken(String type, String te)
      throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.send(HEADERS, END_HEADERS, 1, RawHttp2.head(type, te));
      client.send(DATA, END_STREAM, 1, RawHttp2.message());
      RawHttp2.Frame refused = client.next(HEADERS);
      assertNotNull(refused);
      assertEquals(1, refused.stream());
      assertTrue(bench.intake.offered.isEmpty());
      exportsOn(client, 3);
    }
  }

  /** A proxy that drops {@code te} loses trailers too; gRPC warns of it, and the call is valid. */
  @Test
  void aGrpcCallWithoutTeIsTaken() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.send(HEADERS, END_HEADERS, 1, RawHttp2.head("application/grpc", ""));
      client.send(DATA, END_STREAM, 1, RawHttp2.message());
      assertNotNull(client.next(DATA));
      exportsOn(client, 3);
    }
  }

  @Test
  void aMessageThatIsCutShortIsRefusedAndTheNextIsTaken() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1).send(DATA, END_STREAM, 1, new byte[] {0, 0, 0, 0, 100, 1});
      RawHttp2.Frame refused = client.next(HEADERS);
      assertNotNull(refused);
      assertEquals(END_STREAM, refused.flags() & END_STREAM);
      exportsOn(client, 3);
    }
  }

  @Test
  void framesThatBelongToNoStreamEndTheConnection() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.send(DATA, 0, 7, new byte[1]); // a stream that nobody has opened
      assertNotNull(client.next(GOAWAY));
    }
  }

  @Test
  void pipelinedRequestsAreEachWhatTheyAre() throws IOException {
    byte[] logs = OtlpSamples.logs(2).bytes();
    String body = new String(logs, ISO_8859_1);
    String head = "POST /v1/logs HTTP/1.1\r\nHost: h\r\nContent-Type: ";
    String length = "\r\nContent-Length: " + logs.length + "\r\n\r\n";
    String proto = "application/x-protobuf";
    try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
      client.send(
          (head + proto + length + body)
              .concat(head + "text/plain" + length + body)
              .concat(head + proto + "\r\nContent-Encoding: br" + length + body)
              .concat("GET /v1/logs HTTP/1.1\r\nHost: h\r\n\r\n")
              .concat(head + proto + length + body)
              .getBytes(ISO_8859_1));
      for (int status : new int[] {200, 415, 400, 405, 200}) {
        assertEquals(status, client.answer().status());
      }
    }
    assertEquals(2, bench.intake.offered.size());
  }

  private void exportsOn(RawHttp2 client, int stream) throws IOException {
    int before = bench.intake.offered.size();
    client.call(stream).send(DATA, END_STREAM, stream, RawHttp2.message());
    RawHttp2.Frame answer = client.next(DATA);
    while (answer != null && answer.stream() != stream) {
      answer = client.next(DATA); // what is said of the refused one
    }
    assertNotNull(answer, "the same connection serves the next call");
    assertEquals(before + 1, bench.intake.offered.size());
    assertNotNull(client.send(PING, 0, 0, new byte[8]).next(PING));
    assertTrue(bench.counted("accepted", Signal.LOGS, "grpc") > 0);
  }
}
