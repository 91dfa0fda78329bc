package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final Telemetry REQUEST = Samples.logs("request-", 10);

  private final Bench bench = new Bench();

  @Test
  void refusesWhenTheOnlyExporterIsOverItsBudget() {
    Bench.Way way = slow(3);
    for (int i = 0; i < 3; i++) {
      assertEquals(Admission.ACCEPTED, bench.offer(REQUEST));
    }
    Admission.Refused refused = assertInstanceOf(Admission.Refused.class, bench.offer(REQUEST));
    assertTrue(refused.retryAfterNanos() > 0);
    assertEquals(30, way.status().accepted());
    way.work();
    assertEquals(Admission.ACCEPTED, bench.offer(REQUEST), "there is room again");
  }

  @Test
  void refusesByRequestsItemsOrBytesAsTheQueueIsSized() {
    for (Sizer sizer : Sizer.values()) {
      Bench own = new Bench();
      long capacity =
          switch (sizer) {
            case REQUESTS -> 2;
            case ITEMS -> 29;
            case BYTES -> 3L * REQUEST.size() - 1;
          };
      QueueSettings queue = new QueueSettings(1, capacity, sizer, false, Retention.DEFAULTS);
      own.way(
          new ScriptedExporter(),
          Bench.SETTINGS.withQueue(queue),
          BatchSettings.IMMEDIATE,
          Long.MAX_VALUE);
      own.offer(REQUEST);
      own.offer(REQUEST);
      assertInstanceOf(Admission.Refused.class, own.offer(REQUEST), sizer.toString());
    }
  }

  @Test
  void refusesWhenTheProcessHoldsTooMuch() {
    slow(1000);
    assertTrue(bench.memory.tryReserve(bench.memory.limitBytes() - REQUEST.size() + 1));
    assertInstanceOf(Admission.Refused.class, bench.offer(REQUEST));
    bench.memory.release(1);
    assertEquals(Admission.ACCEPTED, bench.offer(REQUEST));
  }

  @Test
  void oneBackendDownNeverStarvesTheOther() {
    ScriptedExporter dead = new ScriptedExporter();
    dead.answer = bodies -> new ExportResult.Retry("down", -1);
    Bench.Way down = bench.way(dead, Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(10));
    ScriptedExporter alive = new ScriptedExporter();
    Bench.Way up = bench.way(alive, Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(10));
    for (int i = 0; i < 1000; i++) {
      assertEquals(Admission.ACCEPTED, bench.offer(Samples.logs("r" + i + "-", 10)));
      up.work();
      down.work();
      assertTrue(down.status().heldBytes() <= budget(10));
    }
    assertEquals(10_000, up.status().delivered());
    assertEquals(10_000, alive.delivered.size());
    assertEquals(10_000, down.status().accepted());
    assertEquals(0, down.status().unaccounted());
    assertEquals(down.status().deadLettered(), bench.buriedBodies().size());
    assertTrue(down.status().held() > 0, "the newest are still held");
    dead.answer = bodies -> ExportResult.DELIVERED;
    bench.clock.advance(Duration.ofMinutes(1));
    down.work();
    assertEquals("r999-9", dead.delivered.getLast(), "the oldest were given up, not the newest");
    assertEquals(0, bench.memory.heldBytes());
  }

  @Test
  void oneThatMayLoseNothingMakesTheRingRefuse() {
    Retention refuse = new Retention(Retention.Overflow.REFUSE, Duration.ZERO);
    QueueSettings queue =
        new QueueSettings(1, QueueSettings.UNLIMITED, Sizer.REQUESTS, false, refuse);
    Bench.Way precious =
        bench.way(
            new ScriptedExporter(),
            Bench.SETTINGS.withQueue(queue),
            BatchSettings.IMMEDIATE,
            budget(3));
    Bench.Way other = slow(100);
    int accepted = 0;
    while (bench.offer(REQUEST) instanceof Admission.Accepted) {
      accepted++;
    }
    assertEquals(3, accepted);
    assertEquals(30, precious.status().held());
    assertEquals(30, other.status().held());
  }

  @Test
  void refusesWhenAllExportersAreOverTheirBudgets() {
    ScriptedExporter dead = new ScriptedExporter();
    Bench.Way first = bench.way(dead, Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(3));
    Bench.Way second = bench.way(dead, Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(5));
    int accepted = 0;
    while (bench.offer(REQUEST) instanceof Admission.Accepted) {
      accepted++;
    }
    assertEquals(5, accepted);
    assertEquals(20, first.status().deadLettered());
    assertEquals(0, second.status().deadLettered());
  }

  @Test
  void anExporterWhoseEveryRequestIsBeingSentMissesTheNewest() {
    Bench.Way busy = slow(1);
    bench.way(new ScriptedExporter(), Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(100));
    bench.offer(Samples.logs("sending"));
    assertTrue(busy.cursor().take() != null);
    bench.offer(REQUEST);
    assertEquals(10, busy.status().deadLettered());
    assertEquals(1, busy.status().held());
    assertEquals(0, busy.status().unaccounted());
  }

  @Test
  void admitsOnceForAllPipelinesOrNotAtAll() {
    Bench other = new Bench();
    Bench.Way first = slow(2);
    Bench.Way second =
        other.way(new ScriptedExporter(), Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(4));
    Intake both =
        new FanOut(
            List.of(bench.ring, other.ring),
            bench.memory,
            bench.clock,
            bench.threads,
            Bench.NOBODY);
    List<Admission> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      both.accept(REQUEST, answers::add);
    }
    assertEquals(4, answers.stream().filter(Admission.Accepted.class::isInstance).count());
    assertEquals(40, first.status().accepted());
    assertEquals(20, first.status().deadLettered(), "fell behind by its oldest");
    assertEquals(40, second.status().accepted());
  }

  @Test
  void refusesAndDrainsAfterClose() {
    ScriptedExporter backend = new ScriptedExporter();
    Bench.Way way =
        bench.way(backend, Bench.SETTINGS, Bench.batch(100, 0, Duration.ofHours(1)), budget(100));
    bench.offer(REQUEST);
    way.work();
    assertEquals(0, backend.attempts, "the batch is not full");
    bench.ring.close();
    assertInstanceOf(Admission.Refused.class, bench.offer(REQUEST));
    way.work();
    assertEquals(10, backend.delivered.size());
    assertTrue(way.cursor().isEmpty());
  }

  @Test
  void growsItsSlotsWithoutLosingOrder() {
    ScriptedExporter backend = new ScriptedExporter();
    Bench.Way way = bench.way(backend, Bench.SETTINGS, BatchSettings.IMMEDIATE, Long.MAX_VALUE);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      bench.offer(Samples.logs("r" + i));
      expected.add("r" + i);
    }
    way.work();
    assertEquals(expected, backend.delivered);
  }

  /**
   * Reliability test 42: every action at random; after each one the law must hold, and at the end
   * each item has one fate.
   */
  @Test
  void conservesItemsWhateverHappens() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    for (int round = 0; round < 200; round++) {
      randomRound(new SplittableRandom(seed + round), "seed " + seed + " round " + round);
    }
  }

  private static void randomRound(SplittableRandom random, String hint) {
    Bench bench = new Bench();
    bench.keepsDeadLetters = random.nextBoolean();
    List<Bench.Way> ways = new ArrayList<>();
    int exporters = 1 + random.nextInt(3);
    for (int i = 0; i < exporters; i++) {
      ScriptedExporter backend = new ScriptedExporter();
      backend.answer = bodies -> randomAnswer(random, bodies.size());
      BatchSettings batch =
          Bench.batch(random.nextInt(50), 50L + random.nextInt(20), Duration.ofSeconds(1));
      ways.add(bench.way(backend, Bench.SETTINGS, batch, budget(1 + random.nextInt(20))));
    }
    AtomicLong accepted = new AtomicLong();
    AtomicInteger unanswered = new AtomicInteger();
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          Telemetry request = Samples.logs("s" + step + "-", 1 + random.nextInt(90));
          unanswered.incrementAndGet();
          bench.intake.accept(
              request,
              admission -> {
                unanswered.decrementAndGet();
                accepted.addAndGet(admission instanceof Admission.Accepted ? request.items() : 0);
              });
        }
        case 2 -> bench.clock.advance(Duration.ofMillis(random.nextInt(20_000)));
        case 3 -> ((FanOut) bench.intake).refuseLate();
        default -> ways.get(random.nextInt(exporters)).sender().doWork();
      }
      checkLaw(ways, accepted.get(), hint);
    }
    bench.ring.close();
    assertEquals(0, unanswered.get(), hint);
    for (Bench.Way way : ways) {
      way.cursor().abandonAll("shutdown", "end");
    }
    checkLaw(ways, accepted.get(), hint);
    for (Bench.Way way : ways) {
      assertEquals(0, way.status().held(), hint);
    }
    assertEquals(0, bench.memory.heldBytes(), hint);
  }

  private static void checkLaw(List<Bench.Way> ways, long accepted, String hint) {
    for (Bench.Way way : ways) {
      assertEquals(0, way.status().unaccounted(), hint + " " + way.status());
      assertEquals(accepted, way.status().accepted(), hint);
    }
  }

  private static ExportResult randomAnswer(SplittableRandom random, int items) {
    return switch (random.nextInt(6)) {
      case 0 -> new ExportResult.Retry("down", -1);
      case 1 -> new ExportResult.Hold("mend");
      case 2 -> new ExportResult.Permanent("bad", random.nextBoolean());
      case 3 ->
          new ExportResult.Delivered(
              List.of(Loss.rejected(1 + random.nextInt(items), null, "partial")));
      default -> ExportResult.DELIVERED;
    };
  }

  private Bench.Way slow(int requests) {
    return bench.way(
        new ScriptedExporter(), Bench.SETTINGS, BatchSettings.IMMEDIATE, budget(requests));
  }

  private static long budget(int requests) {
    return (long) requests * REQUEST.size();
  }
}
