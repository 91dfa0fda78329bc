package dev.sluice.receivers.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Admission;
import dev.sluice.receivers.compression.Compressed;
import dev.sluice.receivers.limits.Throttle;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP/gRPC: what is taken, what is refused, and in what words. */
@Timeout(60)
class OtlpGrpcTest {
  private OtlpBench bench;
  private RawExport client;

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(OtlpBench.BOTH);
    client = new RawExport(bench.receiver.grpcPort());
  }

  @AfterEach
  void stop() {
    client.close();
    bench.close();
  }

  @ParameterizedTest
  @EnumSource
  void offersEachSignalAsTheBytesThatArrived(Signal signal) throws Exception {
    Telemetry sent = OtlpSamples.of(signal, 7);
    assertEquals(0, client.export(signal, sent.bytes()).length);
    Telemetry offered = bench.intake.offered.take();
    assertEquals(signal, offered.signal());
    assertEquals(sent.items(), offered.items());
    assertArrayEquals(sent.bytes(), offered.bytes());
    assertEquals(sent.items(), bench.counted("accepted", signal, "grpc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "zstd"})
  void takesEachCompression(String compression) throws Exception {
    byte[] sent = OtlpSamples.traces(2000).bytes();
    client.export(Signal.TRACES, sent, compression);
    assertArrayEquals(sent, bench.intake.offered.take().bytes());
  }

  /** "Reliability test 30". */
  @Test
  void takesConcatenatedGzipMembersInFull() throws Exception {
    byte[] first = OtlpSamples.traces(3).bytes();
    byte[] second = OtlpSamples.traces(4).bytes();
    byte[] members = join(Compressed.GZIP.of(first), Compressed.GZIP.of(second));
    client.export(Signal.TRACES, asIs(members), "gzip");
    assertArrayEquals(join(first, second), bench.intake.offered.take().bytes());
  }

  @Test
  void anEmptyRequestIsAnsweredAtOnceAndTouchesNothing() {
    assertEquals(0, client.export(Signal.LOGS, new byte[0]).length);
    assertEquals(0, client.export(Signal.LOGS, new byte[0], "gzip").length);
    assertEquals(0, client.export(Signal.LOGS, new byte[] {0x0a, 0}).length);
    assertNull(bench.intake.offered.poll());
    assertEquals(0, bench.counted("accepted", Signal.LOGS, "grpc"));
  }

  @Test
  void malformedBytesAreAnInvalidArgument() {
    StatusRuntimeException refused = refused(Signal.TRACES, new byte[] {0x0a, 5, 1}, null);
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    assertNotNull(refused.getStatus().getDescription());
    assertNull(details(refused));
  }

  /** "Reliability test 40". */
  @Test
  void corruptCompressionNeverHarmsTheNextCall() throws Exception {
    byte[] sent = OtlpSamples.logs(20).bytes();
    for (String compression : new String[] {"gzip", "snappy", "zstd"}) {
      for (int i = 0; i < 350; i++) {
        StatusRuntimeException refused =
            refused(Signal.LOGS, asIs(Arrays.copyOf(sent, 40 + i)), compression);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        client.export(Signal.LOGS, sent, compression);
        assertArrayEquals(sent, bench.intake.offered.take().bytes());
      }
    }
  }

  @Test
  void overloadSaysWhenToComeAgain() throws Exception {
    bench.intake.answerWith(
        new Admission.Refused("the queue is full", TimeUnit.MILLISECONDS.toNanos(1500)));
    long sentNanos = System.nanoTime();
    StatusRuntimeException refused = refused(Signal.LOGS, OtlpSamples.logs(4).bytes(), null);
    assertTrue(System.nanoTime() - sentNanos >= Throttle.PAUSE_NANOS, "the refusal is held back");
    assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
    assertEquals("the queue is full", refused.getStatus().getDescription());
    com.google.rpc.Status details = details(refused);
    assertEquals(14, details.getCode());
    RetryInfo retry = details.getDetails(0).unpack(RetryInfo.class);
    assertEquals(1, retry.getRetryDelay().getSeconds());
    assertEquals(500_000_000, retry.getRetryDelay().getNanos());
    assertEquals(4, bench.counted("refused", Signal.LOGS, "grpc"));
  }

  @Test
  void aFailureSaysNotToComeAgain() {
    bench.intake.answerWith(new Admission.Failed("broken"));
    StatusRuntimeException refused = refused(Signal.LOGS, OtlpSamples.logs(4).bytes(), null);
    assertEquals(Status.Code.INTERNAL, refused.getStatus().getCode());
    assertEquals("broken", refused.getStatus().getDescription());
    assertEquals(4, bench.counted("failed", Signal.LOGS, "grpc"));
  }

  @Test
  void partialSuccessTellsHowManyWereRejected() throws Exception {
    bench.intake.answerWith(new Admission.Accepted(3, "too old"));
    byte[] answer = client.export(Signal.LOGS, OtlpSamples.logs(4).bytes());
    var partial = ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess();
    assertEquals(3, partial.getRejectedLogRecords());
    assertEquals("too old", partial.getErrorMessage());
  }

  @Test
  void aMessageOverTheLimitExhaustsResourcesAsSentAndAgainDecompressed() throws Exception {
    byte[] large = new byte[(4 << 20) + 1];
    assertEquals(
        Status.Code.RESOURCE_EXHAUSTED, refused(Signal.LOGS, large, null).getStatus().getCode());
    for (String compression : new String[] {"gzip", "snappy", "zstd"}) {
      StatusRuntimeException refused = refused(Signal.LOGS, large, compression);
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode(), compression);
      assertNull(details(refused));
    }
    client.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
    assertEquals(1, bench.intake.offered.take().items());
  }

  @Test
  void memoryThatIsShortRefusesRetryably() throws IOException {
    try (OtlpBench small = OtlpBench.of(OtlpBench.BOTH, 100_000);
        RawExport toSmall = new RawExport(small.receiver.grpcPort())) {
      byte[] sent = OtlpSamples.logs(5000).bytes();
      for (String compression : new String[] {null, "gzip"}) {
        StatusRuntimeException refused =
            assertThrows(
                StatusRuntimeException.class, () -> toSmall.export(Signal.LOGS, sent, compression));
        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        assertNotNull(details(refused), compression);
      }
      small.awaitHeld(0);
      toSmall.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
    }
  }

  @Test
  void anUnknownEncodingIsUnimplemented() {
    StatusRuntimeException refused = refused(Signal.LOGS, new byte[0], "br");
    assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode());
  }

  /** "Reliability test 41". */
  @Test
  void profilesAndSignalsWithoutAPipelineAreUnimplemented() throws IOException {
    try (OtlpBench logs = OtlpBench.only(Signal.LOGS);
        RawExport toLogs = new RawExport(logs.receiver.grpcPort())) {
      toLogs.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
      String profiles =
          "opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export";
      for (String name :
          new String[] {profiles, RawExport.method(Signal.TRACES).getFullMethodName()}) {
        StatusRuntimeException refused =
            assertThrows(
                StatusRuntimeException.class,
                () ->
                    ClientCalls.blockingUnaryCall(
                        toLogs.channel, RawExport.method(name), RawExport.options(), new byte[0]));
        assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode());
      }
    }
  }

  @Test
  void holdsMemoryUntilThePipelineHasAnswered() throws Exception {
    bench.intake.answerLater();
    byte[] sent = OtlpSamples.logs(3).bytes();
    Future<byte[]> answer = ClientCalls.futureUnaryCall(client.call(Signal.LOGS), sent);
    var reply = bench.intake.waiting.take();
    assertEquals(sent.length, bench.memory.heldBytes());
    reply.answer(Admission.ACCEPTED);
    assertEquals(0, answer.get().length);
    bench.awaitHeld(0);
  }

  @Test
  void stopAnswersWhatIsInFlight() throws Exception {
    bench.intake.answerLater();
    Future<byte[]> answer =
        ClientCalls.futureUnaryCall(client.call(Signal.LOGS), OtlpSamples.logs(3).bytes());
    var reply = bench.intake.waiting.take();
    Thread stopping =
        bench.threads.start("stop", () -> bench.receiver.stop(TimeUnit.SECONDS.toNanos(30)));
    // New connections are refused while the old call is still answered.
    while (isOpen(bench.receiver.grpcPort())) {
      Thread.onSpinWait();
    }
    assertTrue(stopping.isAlive());
    reply.answer(Admission.ACCEPTED);
    assertEquals(0, answer.get().length);
    stopping.join();
  }

  private static boolean isOpen(int port) {
    if (port <= 0) {
      return false;
    }
    try (var socket = new java.net.Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private StatusRuntimeException refused(Signal signal, byte[] request, String compression) {
    return assertThrows(
        StatusRuntimeException.class, () -> client.export(signal, request, compression));
  }

  private static com.google.rpc.Status details(StatusRuntimeException refused) {
    Metadata trailers = refused.getTrailers();
    boolean there =
        trailers != null
            && trailers.containsKey(
                Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
    return there ? StatusProto.fromThrowable(refused) : null;
  }

  private static byte[] asIs(byte[] compressed) {
    return join(new byte[] {-1, -1}, compressed);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
