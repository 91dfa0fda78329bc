package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {
  private static final long BUDGET = 1 << 19;

  private final Bench bench = new Bench();
  private final ScriptedExporter backend = new ScriptedExporter();
  private Bench.Way way = bench.way(backend, Bench.SETTINGS, BatchSettings.IMMEDIATE, BUDGET);

  @AfterEach
  void everyItemIsAccountedFor() {
    assertEquals(0, way.status().unaccounted());
    assertEquals(way.status().heldBytes(), bench.memory.heldBytes(), "bytes held");
  }

  @Test
  void deliversWhatWasAcceptedOnceAndInOrder() {
    bench.offer(Samples.logs("a", 3));
    bench.offer(Samples.logs("b", 2));
    way.work();
    assertEquals(List.of("a0", "a1", "a2", "b0", "b1"), backend.delivered);
    assertEquals(List.of(5), backend.batchSizes, "what there is goes out in one batch");
    assertEquals(5, way.status().delivered());
    assertEquals(0, bench.memory.heldBytes());
  }

  @Test
  void triesAgainAfterTheDelayThatTheBackendAsksFor() {
    backend.answer = bodies -> new ExportResult.Retry("busy", Duration.ofSeconds(60).toNanos());
    bench.offer(Samples.logs("a", 1));
    way.work();
    bench.clock.advance(Duration.ofSeconds(59));
    way.work();
    assertEquals(1, backend.attempts);
    backend.answer = bodies -> ExportResult.DELIVERED;
    bench.clock.advance(Duration.ofSeconds(1));
    way.work();
    assertEquals(List.of("a0"), backend.delivered);
  }

  @Test
  void delaysGrowToTheMaximumAndNeverGiveUpByDefault() {
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
    bench.offer(Samples.logs("a", 1));
    way.work();
    assertEquals(Duration.ofSeconds(5).toNanos(), way.sender().doWork());
    bench.clock.advance(Duration.ofSeconds(5));
    way.work();
    assertEquals(Duration.ofMillis(7500).toNanos(), way.sender().doWork());
    for (int hour = 0; hour < 100; hour++) {
      bench.clock.advance(Duration.ofHours(1));
      way.work();
    }
    assertEquals(Duration.ofSeconds(30).toNanos(), way.sender().doWork());
    assertEquals(1, way.status().held());
    assertEquals(Duration.ofSeconds(360_005).toNanos(), way.status().oldestAgeNanos());
  }

  @Test
  void givesUpAfterMaxElapsedTimeWhenThatIsSet() {
    RetrySettings retry =
        new RetrySettings(
            true, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofSeconds(10));
    way = onNewBench(Bench.retrying(retry), BatchSettings.IMMEDIATE);
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
    second.offer(Samples.logs("a", 2));
    for (int i = 0; i <= 10; i++) {
      way.work();
      second.clock.advance(Duration.ofSeconds(1));
    }
    way.work();
    assertEquals(2, way.status().deadLettered());
    assertEquals("max_elapsed_time", second.buried.getFirst().rule());
  }

  @Test
  void givesUpWhatIsOlderThanItsMaximumAge() {
    Retention retention = new Retention(Retention.Overflow.DROP_OLDEST, Duration.ofMinutes(10));
    way = onNewBench(keeping(retention), BatchSettings.IMMEDIATE);
    backend.answer = bodies -> new ExportResult.Hold("401");
    second.offer(Samples.logs("old", 2));
    way.work();
    second.offer(Samples.logs("queued", 1));
    second.clock.advance(Duration.ofMinutes(11));
    second.offer(Samples.logs("young", 1));
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
    way.work();
    assertEquals(List.of("old0", "old1", "queued0"), second.buriedBodies());
    assertEquals("max_age", second.buried.getFirst().rule());
    backend.answer = bodies -> ExportResult.DELIVERED;
    second.clock.advance(Duration.ofMinutes(1));
    way.work();
    assertEquals(List.of("young0"), backend.delivered);
  }

  private static SenderSettings keeping(Retention retention) {
    return Bench.SETTINGS.withQueue(
        new QueueSettings(1, QueueSettings.UNLIMITED, Sizer.REQUESTS, false, retention));
  }

  @Test
  void holdsWhatOnlyAPersonCanMend() {
    backend.answer = bodies -> new ExportResult.Hold("401: the token is wrong");
    bench.offer(Samples.logs("a", 1));
    way.work();
    assertEquals("401: the token is wrong", way.status().lastError());
    assertTrue(way.status().failing());
    backend.answer = bodies -> ExportResult.DELIVERED;
    bench.clock.advance(Duration.ofSeconds(30));
    way.work();
    assertEquals(List.of("a0"), backend.delivered);
  }

  @Test
  void halvesABatchUntilTheBadItemsAreAlone() {
    backend.answer =
        bodies ->
            bodies.contains("a137") || bodies.contains("b42")
                ? new ExportResult.Permanent("400: poisoned", true)
                : ExportResult.DELIVERED;
    bench.offer(Samples.logs("a", 500));
    bench.offer(Samples.logs("b", 500));
    way.work();
    assertEquals(998, way.status().delivered());
    assertEquals(2, way.status().deadLettered());
    assertEquals(List.of("a137", "b42"), bench.buriedBodies());
    assertEquals("400: poisoned", bench.buried.getFirst().reason());
    List<String> expected =
        IntStream.range(0, 1000)
            .mapToObj(i -> i < 500 ? "a" + i : "b" + (i - 500))
            .filter(body -> !body.equals("a137") && !body.equals("b42"))
            .toList();
    assertEquals(expected, backend.delivered, "order is kept");
  }

  @Test
  void boundsTheRequestsThatABatchOfBadItemsCosts() {
    backend.answer = bodies -> new ExportResult.Permanent("400: all wrong", true);
    bench.offer(Samples.logs("a", 5000));
    way.work();
    assertEquals(5000, way.status().deadLettered());
    assertTrue(backend.attempts <= 2 * Sender.DIVISIONS_MAX + 1, "attempts: " + backend.attempts);
  }

  @Test
  void givesUpABatchThatCannotBeDivided() {
    backend.answer = bodies -> new ExportResult.Permanent("500", false);
    bench.offer(Samples.logs("a", 10));
    way.work();
    assertEquals(1, backend.attempts);
    assertEquals(10, way.status().deadLettered());
  }

  @Test
  void countsAsDroppedWhatTheDeadLettersCannotKeep() {
    bench.keepsDeadLetters = false;
    backend.answer = bodies -> new ExportResult.Permanent("500", false);
    bench.offer(Samples.logs("a", 10));
    way.work();
    assertEquals(0, way.status().deadLettered());
    assertEquals(Map.of("rejected_by_backend", 10L), way.status().dropped());
  }

  @Test
  void partialSuccessBuriesTheNamedItemsAndCountsTheOthers() {
    BitSet bad = new BitSet();
    bad.set(1);
    Loss named = Loss.rejected(1, bad, "too old");
    Loss unnamed = Loss.rejected(2, null, "3 of 5 refused");
    Loss rule = Loss.dropped("unsupported_metric", 1, null, "no such thing");
    backend.answer = bodies -> new ExportResult.Delivered(List.of(named, unnamed, rule));
    bench.offer(Samples.logs("a", 10));
    way.work();
    assertEquals(6, way.status().delivered());
    assertEquals(1, way.status().deadLettered());
    assertEquals(List.of("a1"), bench.buriedBodies());
    assertEquals(
        Map.of("rejected_by_backend", 2L, "unsupported_metric", 1L), way.status().dropped());
  }

  @Test
  void waitsForTheBatchToFillOrForItsTimeout() {
    way = onNewBench(Bench.SETTINGS, Bench.batch(100, 0, Duration.ofMillis(200)));
    second.offer(Samples.logs("a", 99));
    assertEquals(Duration.ofMillis(200).toNanos(), way.sender().doWork());
    second.offer(Samples.logs("b", 1));
    way.work();
    assertEquals(List.of(100), backend.batchSizes);
    second.offer(Samples.logs("c", 1));
    second.clock.advance(Duration.ofMillis(200));
    way.work();
    assertEquals(List.of(100, 1), backend.batchSizes);
  }

  @Test
  void splitsAtTheMaximumOfABatch() {
    way = onNewBench(Bench.SETTINGS, Bench.batch(10, 10, Duration.ofMillis(200)));
    second.offer(Samples.logs("a", 25));
    second.offer(Samples.logs("b", 4));
    second.clock.advance(Duration.ofSeconds(1));
    way.work();
    assertEquals(29, way.status().delivered());
    assertTrue(backend.batchSizes.stream().allMatch(size -> size <= 10), "" + backend.batchSizes);
    assertEquals(Samples.bodies(List.of(Samples.logs("a", 25))), backend.delivered.subList(0, 25));
  }

  @Test
  void aBugOfTheExporterCostsItsBatchOnly() {
    backend.answer =
        bodies -> {
          throw new IllegalStateException("bug");
        };
    bench.offer(Samples.logs("a", 3));
    way.work();
    backend.answer = bodies -> ExportResult.DELIVERED;
    bench.offer(Samples.logs("b", 1));
    way.work();
    assertEquals(3, way.status().deadLettered());
    assertEquals(List.of("b0"), backend.delivered);
  }

  @Test
  void answersWithTheResultWhenTheQueueIsToldToWait() {
    SenderSettings waiting =
        Bench.SETTINGS.withQueue(
            new QueueSettings(
                1, QueueSettings.UNLIMITED, Sizer.REQUESTS, true, Retention.DEFAULTS));
    way = onNewBench(waiting, BatchSettings.IMMEDIATE);
    backend.answer =
        bodies -> new ExportResult.Delivered(List.of(Loss.rejected(2, null, "2 too old")));
    assertNull(second.offer(Samples.logs("a", 5)));
    way.work();
    assertEquals(new Admission.Accepted(2, "2 too old"), second.answers.getFirst());
    backend.answer = bodies -> new ExportResult.Permanent("wrong", false);
    second.offer(Samples.logs("b", 5));
    way.work();
    assertInstanceOf(Admission.Failed.class, second.answers.getLast());
  }

  private Bench second = bench;

  private Bench.Way onNewBench(SenderSettings settings, BatchSettings batch) {
    second = new Bench();
    return second.way(backend, settings, batch, BUDGET);
  }
}
