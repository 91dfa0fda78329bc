package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.http.RawHttp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reliability test 25: connections that only cost. Both ends are in this process, so each takes two
 * file descriptors: {@code -Dsluice.test.connections=9000} needs a limit of 20000.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrowdTest {
  private static final int IDLE = Integer.getInteger("sluice.test.connections", 1000);
  private static final int UNFINISHED = Math.min(2000, IDLE / 5);
  private static final int BEGUN_BYTES = 128 << 10;
  private static final long MEMORY_BYTES = 8 << 20;
  private static final String CROWDED =
      """
      protocols:
        grpc:
          endpoint: localhost:0
          max_connections_per_ip: 0
          read_timeout: 15s
        http:
          endpoint: localhost:0
          max_connections_per_ip: 0
          read_timeout: 15s
      """;

  @Test
  void idleConnectionsCostNoTelemetryAndKeepNobodyOut() throws Exception {
    List<AutoCloseable> crowd = new ArrayList<>();
    try (OtlpBench bench = OtlpBench.of(CROWDED, MEMORY_BYTES)) {
      long before = usedBytes();
      for (int i = 0; i < IDLE / 2; i++) {
        crowd.add(new RawHttp(bench.receiver.httpPort()));
        crowd.add(new RawHttp2(bench.receiver.grpcPort()));
      }
      serves(bench);
      assertEquals(0, bench.memory.heldBytes());
      long each = (usedBytes() - before) / IDLE;
      System.out.printf("%d idle connections, %d bytes of heap each, both ends%n", IDLE, each);
      assertTrue(each < 100_000, "bytes of a connection: " + each);
      close(crowd);
    }
  }

  @Test
  void requestsThatAreNotFinishedStayWithinTheBudget() throws Exception {
    List<AutoCloseable> crowd = new ArrayList<>();
    byte[] begun = new byte[BEGUN_BYTES];
    try (OtlpBench bench = OtlpBench.of(CROWDED, MEMORY_BYTES)) {
      for (int i = 0; i < UNFINISHED / 2; i++) {
        crowd.add(unfinishedHttp(bench, begun));
        crowd.add(unfinishedGrpc(bench, begun));
        assertTrue(bench.memory.heldBytes() <= MEMORY_BYTES);
      }
      refusesRetryablyOrServes(bench);
      // Their deadline passes, and there is room again for one who finishes.
      while (!isServed(bench)) {
        assertTrue(bench.memory.heldBytes() <= MEMORY_BYTES);
      }
      close(crowd);
    }
  }

  private static RawHttp unfinishedHttp(OtlpBench bench, byte[] begun) throws IOException {
    RawHttp client = new RawHttp(bench.receiver.httpPort());
    client.send(
        "POST /v1/logs HTTP/1.1\nHost: h\nContent-Type: application/x-protobuf\nContent-Length: %d\n\n"
            .formatted(2 * begun.length));
    try {
      client.send(begun);
    } catch (IOException e) {
      // Refused while it was written.
    }
    return client;
  }

  private static RawHttp2 unfinishedGrpc(OtlpBench bench, byte[] begun) throws IOException {
    RawHttp2 client = new RawHttp2(bench.receiver.grpcPort());
    client.call(1).send(DATA, 0, 1, new byte[] {0, 0, 4, 0, 0});
    byte[] frame = RawHttp2.frame(DATA, 0, 1, new byte[16 << 10]);
    try {
      for (int sent = 0; sent < begun.length; sent += 16 << 10) {
        client.write(frame);
      }
    } catch (IOException e) {
      // Refused while it was written.
    }
    return client;
  }

  private static void serves(OtlpBench bench) throws IOException {
    assertTrue(isServed(bench));
  }

  /** By both transports; false when one of them says to come again. */
  private static boolean isServed(OtlpBench bench) throws IOException {
    byte[] logs = OtlpSamples.logs(10).bytes();
    try (HttpExport http = new HttpExport(bench);
        RawExport grpc = new RawExport(bench.receiver.grpcPort())) {
      int status = http.post("/v1/logs", HttpExport.PROTOBUF, logs).status();
      assertTrue(status == 200 || status == 503, "status " + status);
      grpc.export(Signal.LOGS, logs);
      return status == 200;
    } catch (StatusRuntimeException e) {
      assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode(), e::toString);
      return false;
    }
  }

  private static void refusesRetryablyOrServes(OtlpBench bench) throws IOException {
    boolean served = isServed(bench);
    long held = bench.memory.heldBytes();
    assertTrue(held <= MEMORY_BYTES, "held: " + held);
    System.out.printf(
        "%d unfinished requests hold %d of %d bytes; the next is %s%n",
        UNFINISHED, held, MEMORY_BYTES, served ? "served" : "told to come again");
  }

  private static void close(List<AutoCloseable> crowd) throws Exception {
    for (AutoCloseable client : crowd) {
      client.close();
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
