package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.END_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.http.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reliability test 31: peers that begin and do not go on, over both transports. A deadline closes
 * each, and memory and file descriptors are as before. Deadlines are real but short.
 */
@Timeout(60)
class SlowPeersTest {
  private static final String SHORT =
      """
      protocols:
        grpc:
          endpoint: localhost:0
          read_timeout: 300ms
          keepalive:
            server_parameters:
              max_connection_idle: 500ms
              max_connection_age: 2s
              max_connection_age_grace: 300ms
        http:
          endpoint: localhost:0
          read_header_timeout: 300ms
          read_timeout: 300ms
          write_timeout: 300ms
          idle_timeout: 500ms
      """;

  private OtlpBench bench;
  private long descriptors;

  @BeforeEach
  void start() throws IOException {
    bench = OtlpBench.of(SHORT);
    descriptors = descriptors();
  }

  @AfterEach
  void othersAreServedAndNothingIsLeft() throws IOException {
    try (RawExport client = new RawExport(bench.receiver.grpcPort())) {
      client.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
    }
    bench.awaitHeld(0);
    // Of the client above, and of classes that were loaded meanwhile.
    while (descriptors() > descriptors + 20) {
      assertFalse(Thread.interrupted(), "file descriptors are left");
    }
    bench.close();
  }

  private static long descriptors() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(open)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/logs HTTP/1.1\nHost: h\nContent-Type: application/x-protobuf\nContent-Length: 1000\n\n",
        "POST /v1/logs HTTP/1.1\nHost: h\nX-Long: "
      })
  void oneByteAtATimeIsTooSlow(String begun) throws IOException {
    try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
      client.send(begun);
      dripUntilClosed(client);
    }
  }

  private static void dripUntilClosed(RawHttp client) {
    long end = System.nanoTime() + 20_000_000_000L;
    try {
      while (System.nanoTime() < end) {
        client.send("x");
        Thread.sleep(20); // the peer's pace, and not what the test waits for
      }
    } catch (IOException | InterruptedException e) {
      return;
    }
    throw new AssertionError("a byte now and then keeps the connection");
  }

  @Test
  void aGrpcConnectionThatDoesNotGoOnIsClosed() throws IOException {
    byte[][] beginnings = {
      {},
      Arrays.copyOf(RawHttp2.PREFACE, 10),
      Arrays.copyOf(RawHttp2.frame(1, 4, 1, RawHttp2.head()), 20)
    };
    for (byte[] beginning : beginnings) {
      try (RawHttp client = new RawHttp(bench.receiver.grpcPort())) {
        client.send(beginning);
        client.awaitClosed();
      }
    }
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.awaitClosed();
    }
  }

  @Test
  void aFrameHeaderAndThenSilenceIsEnded() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1).write(Arrays.copyOf(RawHttp2.frame(DATA, 0, 1, new byte[1000]), 9));
      client.awaitClosed();
    }
  }

  /** Its window is nothing, so answers wait; its age ends it. */
  @Test
  void aClientThatNeverReadsItsAnswersIsClosed() throws IOException {
    byte[] windowOfZero = {0, 4, 0, 0, 0, 0};
    byte[] message = new byte[5];
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort(), windowOfZero)) {
      for (int stream = 1; stream < 200; stream += 2) {
        client.call(stream).send(DATA, END_STREAM, stream, message);
      }
      client.awaitClosed();
    }
  }

  @Test
  void halfClosedAndThenResetLeavesNothing() throws IOException {
    for (int i = 0; i < 100; i++) {
      RawHttp2 grpc = new RawHttp2(bench.receiver.grpcPort());
      grpc.call(1).send(DATA, 0, 1, new byte[] {0, 0, 0, 0, 100, 1});
      grpc.endOutput();
      grpc.reset();
      RawHttp http = new RawHttp(bench.receiver.httpPort());
      http.send("POST /v1/logs HTTP/1.1\nHost: h\nContent-Type: application/x-protobuf\n");
      http.send("Content-Length: 1000\n\nx");
      http.endOutput();
      http.reset();
    }
    bench.awaitHeld(0);
  }

  @Test
  void silenceOnHttpIsClosed() throws IOException {
    try (RawHttp silent = new RawHttp(bench.receiver.httpPort())) {
      assertTrue(silent.isClosedByServer());
      assertEquals(0, bench.memory.heldBytes());
    }
  }
}
