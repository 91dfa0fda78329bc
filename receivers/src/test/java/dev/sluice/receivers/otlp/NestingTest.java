package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.HttpExport.JSON;
import static dev.sluice.receivers.otlp.HttpExport.PROTOBUF;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values in values, deeper than any stack. "Reliability test 32": they are refused as malformed,
 * and the connection that brought them takes the next request.
 */
@Timeout(60)
class NestingTest {
  private static final String LARGE =
      """
      protocols:
        grpc:
          endpoint: localhost:0
          max_recv_msg_size_mib: 64
        http:
          endpoint: localhost:0
          max_request_body_size: 64000000
      """;

  private OtlpBench bench;

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(LARGE, 256 << 20);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 10_000, 1_000_000})
  void protobufOverGrpcIsAnInvalidArgument(int depth) throws Exception {
    try (RawExport client = new RawExport(bench.receiver.grpcPort())) {
      byte[] nested = protobuf(depth);
      StatusRuntimeException refused =
          assertThrows(StatusRuntimeException.class, () -> client.export(Signal.LOGS, nested));
      assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
      assertNull(bench.intake.offered.poll());
      client.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
      assertEquals(1, bench.intake.offered.take().items());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 10_000, 1_000_000})
  void protobufOverHttpIsABadRequest(int depth) throws Exception {
    refusesAndGoesOn(PROTOBUF, protobuf(depth));
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 10_000, 1_000_000})
  void jsonIsABadRequest(int depth) throws Exception {
    String arrays = "{\"arrayValue\":{\"values\":[".repeat(depth) + "]}}".repeat(depth);
    refusesAndGoesOn(JSON, json("\"body\":" + arrays));
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 1_000_000})
  void jsonOfAnUnknownNameIsABadRequestToo(int depth) throws Exception {
    refusesAndGoesOn(JSON, json("\"unknown\":" + "[".repeat(depth) + "]".repeat(depth)));
    refusesAndGoesOn(
        JSON, json("\"unknown\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
  }

  private void refusesAndGoesOn(String type, byte[] nested) throws Exception {
    try (HttpExport client = new HttpExport(bench)) {
      assertEquals(400, client.post("/v1/logs", type, nested).status());
      assertNull(bench.intake.offered.poll());
      assertEquals(200, client.post("/v1/logs", PROTOBUF, OtlpSamples.logs(1).bytes()).status());
      assertEquals(1, bench.intake.offered.take().items());
    }
  }

  private static byte[] json(String field) {
    String head = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{";
    return (head + field + "}]}]}]}").getBytes(US_ASCII);
  }

  /** A log record with a body of so many arrays in each other, written from the inside out. */
  private static byte[] protobuf(int depth) {
    ByteBuffer out = ByteBuffer.allocate(12 * depth + 100);
    out.position(out.capacity());
    for (int i = 0; i < depth; i++) {
      wrap(out, 0x0a); // ArrayValue.values
      wrap(out, 0x2a); // AnyValue.array_value
    }
    wrap(out, 0x2a); // LogRecord.body
    wrap(out, 0x12); // ScopeLogs.log_records
    wrap(out, 0x12); // ResourceLogs.scope_logs
    wrap(out, 0x0a); // ExportLogsServiceRequest.resource_logs
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return bytes;
  }

  /** Puts a tag and a length before what is there. */
  private static void wrap(ByteBuffer out, int tag) {
    int length = out.remaining();
    int size = Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
    int position = out.position();
    for (int i = size - 1; i >= 0; i--) {
      int more = i < size - 1 ? 0x80 : 0;
      out.put(position - size + i, (byte) (length >>> (7 * i) & 0x7f | more));
    }
    out.put(position - size - 1, (byte) tag);
    out.position(position - size - 1);
  }
}
