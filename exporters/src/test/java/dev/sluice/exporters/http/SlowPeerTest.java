package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExportResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reliability test 18: backends that take a request, or give an answer, a kilobyte a second. Each
 * byte comes in time and the whole never does; the attempt's own timeout ends it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowPeerTest {
  private static final long TIMEOUT = Duration.ofMillis(700).toNanos();
  private static final byte[] LARGE = new byte[16 << 20];

  @Test
  void aPeerThatReadsAKilobyteASecondIsGivenUp() throws Exception {
    try (SlowPeer peer = new SlowPeer(SlowPeerTest::readSlowly);
        HttpClient client =
            new HttpClient(
                HttpClientSettings.DEFAULTS, "Test/1", Samples.context("test", Signal.TRACES))) {
      assertGivenUp(client.post(request(peer.url(), LARGE), TIMEOUT));
    }
  }

  @Test
  void aPeerThatAnswersAKilobyteASecondIsGivenUp() throws Exception {
    try (SlowPeer peer = new SlowPeer(SlowPeerTest::answerSlowly);
        HttpClient client =
            new HttpClient(
                HttpClientSettings.DEFAULTS, "Test/1", Samples.context("test", Signal.TRACES))) {
      assertGivenUp(client.post(request(peer.url(), new byte[1]), TIMEOUT));
    }
  }

  private static void assertGivenUp(HttpOutcome outcome) {
    HttpOutcome.Unanswered unanswered = assertInstanceOf(HttpOutcome.Unanswered.class, outcome);
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, unanswered.result());
    assertTrue(retry.reason().contains("no answer within 700 ms"), retry.reason());
  }

  private static HttpRequest request(String url, byte[] body) {
    return new HttpRequest(url, Map.of(), "text/plain", Compression.NONE, Body.of(body));
  }

  private static void readSlowly(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (in.readNBytes(100).length > 0) {
      pause();
    }
  }

  private static void answerSlowly(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes());
    while (!socket.isClosed()) {
      out.write(new byte[100]);
      pause();
    }
  }

  /** The peer's pace. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Manners {
    void serve(Socket socket) throws IOException;
  }

  /** Takes one connection, with next to no buffer of its own. */
  private static final class SlowPeer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket();

    SlowPeer(Manners manners) throws IOException {
      listener.setReceiveBufferSize(4096);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = listener.accept()) {
              manners.serve(socket);
            } catch (IOException e) {
              // The client has given up.
            }
          });
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
