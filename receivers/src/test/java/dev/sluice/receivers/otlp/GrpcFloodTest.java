package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.CONTINUATION;
import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.END_HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.END_STREAM;
import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.PING;
import static dev.sluice.receivers.otlp.RawHttp2.PRIORITY;
import static dev.sluice.receivers.otlp.RawHttp2.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reliability test 29: header blocks and control frames without end. The connection is closed, or
 * what it costs is bounded and it goes on; the next client is served either way.
 */
@Timeout(120)
class GrpcFloodTest {
  private static final int FRAME_BYTES_MAX = 16 << 10;
  private static final int FRAMES_A_WRITE = 1000;

  private OtlpBench bench;

  @BeforeEach
  void start() throws IOException {
    bench =
        OtlpBench.of(
            """
            protocols:
              grpc:
                endpoint: localhost:0
                read_timeout: 300ms
            """);
  }

  @AfterEach
  void othersAreServedAndNothingIsLeft() {
    try (RawExport client = new RawExport(bench.receiver.grpcPort())) {
      client.export(Signal.LOGS, OtlpSamples.logs(1).bytes());
    }
    bench.awaitHeld(0);
    bench.close();
  }

  /** Header blocks that are large in different ways. */
  private enum Block {
    ONE_MEBIBYTE_OF_ONE_HEADER {
      @Override
      void fill(ByteArrayOutputStream block) {
        RawHttp2.literal(block, 0x00, "x", "y".repeat(1 << 20));
      }
    },
    TEN_THOUSAND_SMALL_HEADERS {
      @Override
      void fill(ByteArrayOutputStream block) {
        for (int i = 0; i < 10_000; i++) {
          RawHttp2.literal(block, 0x00, "x" + i, "y");
        }
      }
    },
    /** HPACK's bomb: one long header is remembered, and then named again by single bytes. */
    ONE_HEADER_SIXTEEN_THOUSAND_TIMES {
      @Override
      void fill(ByteArrayOutputStream block) {
        RawHttp2.literal(block, 0x40, "x", "y".repeat(4000));
        byte[] again = new byte[16_000];
        Arrays.fill(again, (byte) (0x80 | 62));
        block.writeBytes(again);
      }
    };

    abstract void fill(ByteArrayOutputStream block);
  }

  @ParameterizedTest
  @EnumSource(Block.class)
  void aHeaderBlockBeyondTheLimitIsNotTaken(Block kind) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(RawHttp2.head());
    kind.fill(block);
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      sendHeaders(client, block.toByteArray());
      client.send(DATA, END_STREAM, 1, RawHttp2.message());
      RawHttp2.Frame answer = client.next(HEADERS);
      assertTrue(answer == null || isRefusal(answer), "it was taken");
    } catch (IOException e) {
      // It has closed while we were writing.
    }
    assertTrue(bench.intake.offered.isEmpty(), "it was taken");
  }

  /** Trailers without an answer before them: the call was not carried out. */
  private static boolean isRefusal(RawHttp2.Frame headers) {
    return (headers.flags() & END_STREAM) != 0 || headers.text().contains("431");
  }

  private static void sendHeaders(RawHttp2 client, byte[] block) throws IOException {
    for (int from = 0; from < block.length; from += FRAME_BYTES_MAX) {
      int to = Math.min(block.length, from + FRAME_BYTES_MAX);
      int flags = to == block.length ? END_HEADERS : 0;
      byte[] part = Arrays.copyOfRange(block, from, to);
      client.send(from == 0 ? HEADERS : CONTINUATION, flags, 1, part);
    }
  }

  @Test
  void settingsWithoutEndThatNobodyReadsTheAnswersOfAreClosed() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      flood(client, RawHttp2.frame(SETTINGS, 0, 0, new byte[0]), 4_000_000);
      fail("it goes on for ever");
    } catch (IOException e) {
      // closed
    }
  }

  @Test
  void dataWithoutBytesAndWithoutEndIsClosed() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1);
      flood(client, RawHttp2.frame(DATA, 0, 1, new byte[0]), 4_000_000);
      // The call has ended by its deadline; what comes after is answered with resets.
      client.awaitClosed();
    } catch (IOException e) {
      // closed
    }
  }

  @Test
  void prioritiesWithoutEndCostNothingThatStays() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (int i = 0; i < FRAMES_A_WRITE; i++) {
        byte[] onAnother = {0, 0, 0, 1, 16};
        frames.writeBytes(RawHttp2.frame(PRIORITY, 0, 3 + 2 * i, onAnother));
      }
      for (int i = 0; i < 200; i++) {
        client.write(frames.toByteArray());
      }
      assertNotNull(client.send(PING, 0, 0, new byte[8]).next(PING), "it still answers");
    }
  }

  /** The server may send no header to this client, so it cannot answer it. */
  @Test
  void aClientThatTakesNoHeadersHarmsItselfAlone() throws IOException {
    byte[] headerListOfOneByte = {0, 6, 0, 0, 0, 1};
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort(), headerListOfOneByte)) {
      for (int stream = 1; stream < 1000; stream += 2) {
        client.call(stream).send(DATA, END_STREAM, stream, RawHttp2.message());
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** Sends a frame very often; ends with an exception when the server closes. */
  private static void flood(RawHttp2 client, byte[] frame, int count) throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < FRAMES_A_WRITE; i++) {
      many.writeBytes(frame);
    }
    for (int i = 0; i < count / FRAMES_A_WRITE; i++) {
      client.write(many.toByteArray());
    }
  }
}
