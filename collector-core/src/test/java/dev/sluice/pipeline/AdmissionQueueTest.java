package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Telemetry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionQueueTest {
  private static final Telemetry REQUEST = Samples.logs("request-", 10);
  private static final long ROOM = 3L * REQUEST.size();

  private final Bench bench = new Bench();
  private final FanOut fanOut = (FanOut) bench.intake;
  private final ScriptedExporter exporter = new ScriptedExporter();

  @Test
  void waitsForRoomWhileTheExporterDelivers() {
    Bench.Way way = delivering();
    fill();
    assertNull(bench.offer(Samples.logs("late-", 10)), "it waits");
    way.work();
    assertEquals(Admission.ACCEPTED, bench.answers.getLast());
    way.work();
    assertEquals("late-9", exporter.delivered.getLast());
    assertEquals(0, way.status().unaccounted());
    assertEquals(0, bench.memory.heldBytes());
  }

  @Test
  void admitsInTheOrderOfArrival() {
    Bench.Way way = delivering();
    fill();
    for (String name : List.of("a-", "b-", "c-")) {
      assertNull(bench.offer(Samples.logs(name, 1)));
    }
    way.work();
    List<String> delivered = exporter.delivered;
    assertEquals(
        List.of("a-0", "b-0", "c-0"), delivered.subList(delivered.size() - 3, delivered.size()));
  }

  @Test
  void nobodyOvertakesThoseWhoWait() {
    Bench.Way way = delivering();
    fill();
    assertNull(bench.offer(Samples.logs("large-", 25)));
    assertNull(bench.offer(Samples.logs("small-", 1)), "there is room for it, but others wait");
    way.work();
    assertEquals("small-0", exporter.delivered.getLast());
  }

  @Test
  void refusesWhoHasWaitedTooLong() {
    delivering();
    fill();
    assertNull(bench.offer(REQUEST));
    bench.clock.advance(Duration.ofMillis(999));
    assertEquals(Duration.ofMillis(1).toNanos(), fanOut.refuseLate());
    bench.clock.advance(Duration.ofMillis(1));
    assertEquals(0, fanOut.refuseLate());
    assertInstanceOf(Admission.Refused.class, bench.answers.getLast());
  }

  @Test
  void refusesAtOnceWhenTheBackendFails() {
    Bench.Way way = delivering();
    fill();
    exporter.answer = bodies -> new ExportResult.Retry("down", -1);
    way.sender().doWork();
    way.sender().doWork();
    assertInstanceOf(Admission.Refused.class, bench.offer(REQUEST));
  }

  @Test
  void boundsTheBytesThatWait() {
    delivering();
    fill();
    long bytes = 0;
    while (bench.offer(REQUEST) == null) {
      bytes += REQUEST.size();
    }
    assertInstanceOf(Admission.Refused.class, bench.answers.getLast());
    long limit = bench.memory.limitBytes() / 8;
    assertTrue(bytes <= limit && bytes > limit - REQUEST.size(), bytes + " of " + limit);
  }

  @Test
  void refusesThoseWhoWaitWhenTheRingCloses() {
    delivering();
    fill();
    assertNull(bench.offer(REQUEST));
    bench.ring.close();
    assertInstanceOf(Admission.Refused.class, bench.answers.getLast());
    assertEquals(0, fanOut.refuseLate(), "nobody waits any more");
  }

  /** An exporter that has just delivered. */
  private Bench.Way delivering() {
    Bench.Way way = bench.way(exporter, Bench.SETTINGS, BatchSettings.IMMEDIATE, ROOM);
    bench.offer(REQUEST);
    way.work();
    return way;
  }

  private void fill() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Admission.ACCEPTED, bench.offer(REQUEST));
    }
  }
}
