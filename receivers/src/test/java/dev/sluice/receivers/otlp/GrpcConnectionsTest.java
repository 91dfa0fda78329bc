package dev.sluice.receivers.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that go wrong, connections beyond the limit, health and reflection. */
@Timeout(60)
class GrpcConnectionsTest {
  private static final String SHORT_BODIES =
      """
      protocols:
        grpc:
          endpoint: localhost:0
          read_timeout: 300ms
      """;

  @Test
  void aCallWithoutItsMessageIsEnded() throws Exception {
    try (OtlpBench bench = OtlpBench.of(SHORT_BODIES);
        RawExport client = new RawExport(bench.receiver.grpcPort())) {
      assertEquals(Status.Code.DEADLINE_EXCEEDED, statusOf(client, List.of(), false).getCode());
      byte[] logs = OtlpSamples.logs(1).bytes();
      Status unfinished = statusOf(client, List.of(logs), false);
      assertEquals("the message came too slowly", unfinished.getDescription());
      client.export(Signal.LOGS, logs);
    }
  }

  @Test
  void aCallTakesOneMessage() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        RawExport client = new RawExport(bench.receiver.grpcPort())) {
      byte[] logs = OtlpSamples.logs(1).bytes();
      assertEquals(Status.Code.INTERNAL, statusOf(client, List.of(), true).getCode());
      assertFalse(statusOf(client, List.of(logs, logs), true).isOk());
      assertTrue(bench.intake.offered.isEmpty());
    }
  }

  @Test
  void aCancelledCallGivesItsMemoryBack() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        RawExport client = new RawExport(bench.receiver.grpcPort())) {
      ClientCall<byte[], byte[]> call = client.partedCall(Signal.LOGS);
      call.start(new ClientCall.Listener<>() {}, new Metadata());
      call.sendMessage(new byte[100_000]);
      bench.awaitHeld(100_000);
      call.cancel("changed my mind", null);
      bench.awaitHeld(0);
    }
  }

  @Test
  void closesConnectionsBeyondTheLimitAndTakesThemAgainLater() throws IOException {
    try (OtlpBench bench =
        OtlpBench.of(
            """
            protocols:
              grpc:
                endpoint: localhost:0
                max_connections: 1
            """)) {
      byte[] logs = OtlpSamples.logs(1).bytes();
      try (RawExport first = new RawExport(bench.receiver.grpcPort())) {
        first.export(Signal.LOGS, logs);
        try (RawExport second = new RawExport(bench.receiver.grpcPort())) {
          StatusRuntimeException refused =
              assertThrows(StatusRuntimeException.class, () -> second.export(Signal.LOGS, logs));
          assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        }
      }
      exportWhenThereIsRoom(bench, logs);
    }
  }

  private static void exportWhenThereIsRoom(OtlpBench bench, byte[] logs) {
    while (true) {
      try (RawExport next = new RawExport(bench.receiver.grpcPort())) {
        next.export(Signal.LOGS, logs);
        return;
      } catch (StatusRuntimeException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void healthIsServingUntilTheReceiverStops() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        RawExport client = new RawExport(bench.receiver.grpcPort())) {
      var health = HealthGrpc.newBlockingStub(client.channel);
      for (String service : new String[] {"", serviceName(Signal.TRACES)}) {
        HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
        assertEquals(ServingStatus.SERVING, health.check(request).getStatus());
      }
      Iterator<HealthCheckResponse> watch = health.watch(HealthCheckRequest.getDefaultInstance());
      assertEquals(ServingStatus.SERVING, watch.next().getStatus());
      // A watcher does not keep the receiver from stopping.
      Thread stopping =
          bench.threads.start("stop", () -> bench.receiver.stop(TimeUnit.MINUTES.toNanos(5)));
      assertEquals(ServingStatus.NOT_SERVING, watch.next().getStatus());
      stopping.join();
    }
  }

  @Test
  void reflectionListsAndDescribesTheServices() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        RawExport client = new RawExport(bench.receiver.grpcPort())) {
      Reflection reflection = new Reflection(client);
      ServerReflectionResponse listed =
          reflection.ask(ServerReflectionRequest.newBuilder().setListServices("").build());
      List<String> names =
          listed.getListServicesResponse().getServiceList().stream()
              .map(service -> service.getName())
              .toList();
      for (Signal signal : Signal.values()) {
        assertTrue(names.contains(serviceName(signal)), names.toString());
        ServerReflectionResponse described =
            reflection.ask(
                ServerReflectionRequest.newBuilder()
                    .setFileContainingSymbol(serviceName(signal))
                    .build());
        FileDescriptorProto file =
            FileDescriptorProto.parseFrom(
                described.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertEquals("Export", file.getService(0).getMethod(0).getName());
      }
      reflection.end();
    }
  }

  @Test
  void plainHttpOnTheGrpcPortIsRefused() throws IOException {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        var socket = new java.net.Socket("127.0.0.1", bench.receiver.grpcPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      // A SETTINGS frame and a GOAWAY, and the connection is closed.
      assertTrue(answer.length > 0);
      assertArrayEquals(new byte[] {0, 0}, new byte[] {answer[0], answer[1]});
    }
  }

  private static String serviceName(Signal signal) {
    return RawExport.method(signal).getServiceName();
  }

  private static Status statusOf(RawExport client, List<byte[]> messages, boolean halfClose)
      throws Exception {
    CompletableFuture<Status> closed = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call = client.partedCall(Signal.LOGS);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    messages.forEach(call::sendMessage);
    if (halfClose) {
      call.halfClose();
    }
    return closed.get();
  }

  /** One stream of questions and answers. */
  private static final class Reflection implements StreamObserver<ServerReflectionResponse> {
    private final BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final StreamObserver<ServerReflectionRequest> questions;

    Reflection(RawExport client) {
      questions = ServerReflectionGrpc.newStub(client.channel).serverReflectionInfo(this);
    }

    ServerReflectionResponse ask(ServerReflectionRequest question) throws InterruptedException {
      questions.onNext(question);
      return answers.take();
    }

    void end() throws InterruptedException {
      questions.onCompleted();
      ended.await();
    }

    @Override
    public void onNext(ServerReflectionResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable error) {
      throw new AssertionError(error);
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }
}
