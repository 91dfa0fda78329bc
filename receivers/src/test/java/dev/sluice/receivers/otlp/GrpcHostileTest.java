package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.CONTINUATION;
import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.END_HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.END_STREAM;
import static dev.sluice.receivers.otlp.RawHttp2.ENHANCE_YOUR_CALM;
import static dev.sluice.receivers.otlp.RawHttp2.GOAWAY;
import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static dev.sluice.receivers.otlp.RawHttp2.PING;
import static dev.sluice.receivers.otlp.RawHttp2.PRIORITY;
import static dev.sluice.receivers.otlp.RawHttp2.RST_STREAM;
import static dev.sluice.receivers.otlp.RawHttp2.WINDOW_UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.otlp.RawHttp2.Frame;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that no client of good will sends: bounded, ended, and no harm to the next connection. */
@Timeout(60)
class GrpcHostileTest {
  private static final byte[] CANCEL = {0, 0, 0, 8};

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

  /** Reliability test 28: CVE-2023-44487. */
  @Test
  void rapidResetsAreSentAway() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      int sent =
          flood(client, 1000, stream -> client.call(stream).send(RST_STREAM, 0, stream, CANCEL));
      assertTrue(sent > 100, "a few resets are normal");
      assertCalmed(client);
    }
  }

  /** Frames that make the server reset a stream of its own accord. */
  private enum Provocation {
    WINDOW_OF_ZERO(WINDOW_UPDATE, 0, new byte[4]),
    WINDOW_THAT_OVERFLOWS(WINDOW_UPDATE, 0, new byte[] {127, -1, -1, -1}),
    PRIORITY_OF_WRONG_LENGTH(PRIORITY, 0, new byte[4]),
    DATA_AFTER_THE_END(DATA, 0, new byte[1]);

    final int type;
    final int flags;
    final byte[] payload;

    Provocation(int type, int flags, byte[] payload) {
      this.type = type;
      this.flags = flags;
      this.payload = payload;
    }
  }

  /** Reliability test 28: CVE-2025-55163, MadeYouReset. */
  @ParameterizedTest
  @EnumSource(Provocation.class)
  void provokedResetsAreSentAway(Provocation with) throws IOException {
    int ends = with == Provocation.DATA_AFTER_THE_END ? END_STREAM : 0;
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      flood(
          client,
          1000,
          stream ->
              client
                  .send(HEADERS, END_HEADERS | ends, stream, RawHttp2.head())
                  .send(with.type, with.flags, stream, with.payload));
      assertCalmed(client);
    }
  }

  /** Reliability test 29. */
  @Test
  void aFloodOfPingsIsSentAway() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      flood(client, 1000, _ -> client.send(PING, 0, 0, new byte[8]));
      assertCalmed(client);
    }
  }

  /** Reliability test 29: also without a byte, CVE-2026-33871. */
  @Test
  void aFloodOfContinuationsIsClosed() throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.send(HEADERS, 0, 1, RawHttp2.head());
      flood(client, 100_000, _ -> client.send(CONTINUATION, 0, 1, new byte[0]));
      assertNotNull(client.next(GOAWAY));
    }
  }

  /** Reliability test 31. */
  @Test
  void aMessageThatNeverEndsIsEndedByItsDeadline() throws IOException {
    byte[] begun = {0, 0, 0, 0, 100, 1, 2, 3};
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1).send(DATA, 0, 1, begun);
      bench.awaitHeld(3);
      Frame trailers = client.next(HEADERS);
      assertNotNull(trailers);
      assertEquals(END_STREAM, trailers.flags() & END_STREAM);
      bench.awaitHeld(0);
    }
  }

  @Test
  void aMessageThatClaimsTooMuchIsRefusedByItsClaim() throws IOException {
    byte[] claim = {0, 127, -1, -1, -1};
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1).send(DATA, 0, 1, claim);
      Frame trailers = client.next(HEADERS);
      assertNotNull(trailers);
      assertEquals(END_STREAM, trailers.flags() & END_STREAM);
    }
  }

  @Test
  void aConnectionThatIsCutInTheMiddleGivesItsMemoryBack() throws IOException {
    byte[] begun = new byte[10_005];
    begun[3] = 100;
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      client.call(1).send(DATA, 0, 1, begun);
      bench.awaitHeld(10_000);
    }
    bench.awaitHeld(0);
  }

  private interface Shot {
    void at(int stream) throws IOException;
  }

  /** Sends until the server closes; how often it could. */
  private static int flood(RawHttp2 client, int count, Shot shot) {
    for (int i = 0; i < count; i++) {
      try {
        shot.at(2 * i + 1);
      } catch (IOException e) {
        return i;
      }
    }
    return count;
  }

  private static void assertCalmed(RawHttp2 client) throws IOException {
    Frame away = client.next(GOAWAY);
    // A reset of the connection may overtake the farewell; either ends it.
    if (away != null) {
      assertEquals(ENHANCE_YOUR_CALM, away.goAwayCode());
    }
  }
}
