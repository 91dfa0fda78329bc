package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.DATA;
import static dev.sluice.receivers.otlp.RawHttp2.END_STREAM;
import static dev.sluice.receivers.otlp.RawHttp2.GOAWAY;
import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.pipeline.Admission;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reliability test 22, the receiver's part: a stop says GOAWAY before anything else and answers
 * what is in flight. The whole program is in {@code ServiceTest} and {@code TerminationIT}.
 */
@Timeout(60)
class ShutdownTest {
  @Test
  void aStopSaysGoAwayAndAnswersWhatIsInFlight() throws Exception {
    try (OtlpBench bench = OtlpBench.of(OtlpBench.BOTH);
        RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      bench.intake.answerLater();
      client.call(1).send(DATA, END_STREAM, 1, RawHttp2.message());
      var reply = bench.intake.waiting.take();
      Thread stopping =
          bench.threads.start("stop", () -> bench.receiver.stop(TimeUnit.SECONDS.toNanos(30)));
      RawHttp2.Frame away = client.next(GOAWAY);
      assertNotNull(away, "closed without a word");
      assertEquals(0, away.goAwayCode(), "no error");
      reply.answer(Admission.ACCEPTED);
      RawHttp2.Frame headers = client.next(HEADERS);
      assertNotNull(headers, "cut off");
      assertNotNull(client.next(HEADERS), "no trailers");
      stopping.join();
      client.awaitClosed();
    }
  }
}
