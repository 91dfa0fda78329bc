package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.CONTINUATION;
import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.RST_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.http.RawHttp;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reliability test 39: one of a hundred requests is hostile, on the event loops that the others are
 * served by. All of the others are accepted; what it does to their latency is printed, since a
 * machine that others use too says little about it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NeighbourTest {
  private static final int REQUESTS = Integer.getInteger("sluice.test.requests", 2000);
  private static final int HOSTILE_EVERY = 100;
  private static final byte[] LOGS = OtlpSamples.logs(10).bytes();

  @Test
  void hostileRequestsCostTheOthersNothing() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH)) {
      serve(bench, _ -> {}); // until the JIT has seen it all
      long[] alone = serve(bench, _ -> {});
      Hostile hostile = new Hostile(bench);
      long[] together = serve(bench, hostile::maybe);
      assertNull(hostile.wrong.get(), "what a hostile request was answered");
      System.out.printf(
          "p99 of good requests: alone %.2f ms, among %d hostile ones %.2f ms%n",
          p99(alone), hostile.count.get(), p99(together));
      // The last may still be at it.
      assertTrue(hostile.count.get() >= REQUESTS / HOSTILE_EVERY - 1);
      assertEquals(3L * REQUESTS, bench.intake.offered.size(), "requests that were taken");
      assertEquals(
          3L * REQUESTS * 10,
          bench.counted("accepted", Signal.LOGS, "http")
              + bench.counted("accepted", Signal.LOGS, "grpc"));
    }
  }

  private interface Between {
    void request(int number) throws IOException;
  }

  /** Half by HTTP and half by gRPC; nanoseconds of each, all of which must be accepted. */
  private static long[] serve(OtlpBench bench, Between between) throws Exception {
    long[] nanos = new long[REQUESTS];
    try (HttpExport http = new HttpExport(bench);
        RawExport grpc = new RawExport(bench.receiver.grpcPort())) {
      for (int i = 0; i < REQUESTS; i++) {
        between.request(i);
        long start = System.nanoTime();
        if (i % 2 == 0) {
          assertEquals(200, http.post("/v1/logs", HttpExport.PROTOBUF, LOGS).status());
        } else {
          grpc.export(Signal.LOGS, LOGS);
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    return nanos;
  }

  private static double p99(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return (double) sorted[sorted.length * 99 / 100] / TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** One attack after the other; those that the server ends meanwhile are over. */
  private static final class Hostile {
    private final OtlpBench bench;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<AssertionError> wrong = new AtomicReference<>();
    private final AtomicBoolean running = new AtomicBoolean();

    Hostile(OtlpBench bench) {
      this.bench = bench;
    }

    /** Begins an attack on a thread of its own, every so many requests. */
    void maybe(int number) {
      if (number % HOSTILE_EVERY == 0 && running.compareAndSet(false, true)) {
        Thread.ofVirtual().start(() -> attack(number / HOSTILE_EVERY));
      } else if (number % HOSTILE_EVERY == 0) {
        // The one before is still at it: that is hostile enough.
        count.incrementAndGet();
      }
    }

    private void attack(int number) {
      try {
        switch (number % 4) {
          case 0 -> garbage();
          case 1 -> bomb();
          case 2 -> resets();
          default -> continuations();
        }
      } catch (IOException e) {
        // The server has closed it.
      } catch (AssertionError e) {
        wrong.set(e);
      } finally {
        count.incrementAndGet();
        running.set(false);
      }
    }

    private void garbage() throws IOException {
      try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
        client.send("POST /v1/logs HTTP/1.1\nHost: h\nContent-Type: application/x-protobuf\n");
        client.send("Content-Length: 4\n\n").send(new byte[] {-1, -1, -1, -1});
        assertEquals(400, client.answer().status());
        client.send(new byte[10_000]);
        client.awaitClosed();
      }
    }

    /** Four mebibytes of nothing, said again and again in a message of a hundred kilobytes. */
    private void bomb() throws IOException {
      byte[] zeros = dev.sluice.receivers.compression.Compressed.GZIP.of(new byte[64 << 20]);
      try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
        client.send("POST /v1/logs HTTP/1.1\nHost: h\nContent-Type: application/x-protobuf\n");
        client.send("Content-Encoding: gzip\nContent-Length: " + zeros.length + "\n\n").send(zeros);
        assertEquals(413, client.answer().status());
      }
    }

    private void resets() throws IOException {
      byte[] cancel = {0, 0, 0, 8};
      try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
        for (int stream = 1; stream < 10_000; stream += 2) {
          client.call(stream).send(RST_STREAM, 0, stream, cancel);
        }
      }
    }

    private void continuations() throws IOException {
      try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
        client.call(1).send(DATA, 0, 1, new byte[] {0, 127, -1, -1, -1});
        client.send(HEADERS, 0, 3, RawHttp2.head());
        for (int i = 0; i < 100_000; i++) {
          client.send(CONTINUATION, 0, 3, new byte[0]);
        }
      }
    }
  }
}
