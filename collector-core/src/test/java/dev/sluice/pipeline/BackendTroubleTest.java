package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend that is away, picky or busy costs: time, and never more than was configured. */
class BackendTroubleTest {
  private static final Duration OUTAGE = Duration.ofHours(6);
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int STEPS = (int) OUTAGE.dividedBy(STEP);
  private static final int ITEMS = 10;
  private static final long BUDGET = 1 << 19;

  private final Bench bench = new Bench();
  private final ScriptedExporter backend = new ScriptedExporter();

  @AfterEach
  void everyItemIsAccountedFor() {
    for (Bench.Way way : ways) {
      assertEquals(0, way.status().unaccounted());
    }
  }

  private final List<Bench.Way> ways = new ArrayList<>();

  /** Reliability test 14: six hours without a backend, and everything has room. */
  @Test
  void anOutageOfSixHoursCostsNothingThatHasRoom() {
    Bench.Way way = way(SenderSettings.DEFAULTS.queue().retention(), BUDGET);
    assertEquals(STEPS, outage(way));
    assertEquals((long) STEPS * ITEMS, way.status().held());
    recover(way);
    assertEquals(expected(0, STEPS), backend.delivered, "all of it, the oldest first");
    assertEquals(Map.of(), way.status().dropped());
    assertEquals(List.of(), bench.buried);
    assertEquals(0, bench.memory.heldBytes());
  }

  /** Reliability test 14: above the bound what gives way is what was configured, and counted. */
  @ParameterizedTest
  @EnumSource(Retention.Overflow.class)
  void whatHasNoRoomGivesWayAsConfiguredAndIsCounted(Retention.Overflow overflow) {
    bench.keepsDeadLetters = false;
    int room = STEPS / 4;
    long budget = IntStream.range(STEPS - room, STEPS).mapToLong(i -> minute(i).size()).sum();
    Bench.Way way = way(new Retention(overflow, Duration.ZERO), budget);
    // Another exporter that has room: only then is there a choice.
    Bench.Way other = other();
    int accepted = outage(way);
    recover(way);
    other.work();
    if (overflow == Retention.Overflow.REFUSE) {
      assertEquals(expected(0, accepted), backend.delivered, "what was accepted first");
      assertTrue(accepted >= room && accepted < STEPS, "accepted " + accepted);
      assertEquals(Map.of(), way.status().dropped());
      return;
    }
    assertEquals(STEPS, accepted);
    long delivered = backend.delivered.size();
    assertEquals((long) STEPS * ITEMS, delivered + way.status().dropped().get("overflow"));
    assertEquals(expected(STEPS - (int) delivered / ITEMS, STEPS), backend.delivered, "the newest");
    // What gives way is a whole batch at a time.
    assertTrue(delivered >= room / 2 * ITEMS, "delivered " + delivered);
  }

  /** Reliability test 15: one item that the backend refuses, anywhere in a batch of 8192. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 5000, 8191})
  void onePoisonedItemOfABatchCostsItselfAlone(int poisoned) {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    String bad = "p" + poisoned;
    backend.answer =
        bodies ->
            bodies.contains(bad)
                ? new ExportResult.Permanent("400: poisoned", true)
                : ExportResult.DELIVERED;
    bench.offer(Samples.logs("p", 8192));
    bench.offer(Samples.logs("next"));
    way.work();
    assertEquals(8192, backend.delivered.size());
    assertTrue(backend.delivered.contains("next"), "the queue goes on");
    assertEquals(List.of(bad), bench.buriedBodies());
    assertEquals(1, way.status().deadLettered());
    assertTrue(backend.attempts <= 30, "attempts: " + backend.attempts);
  }

  /** Reliability test 16: what is too large for the backend (413) arrives in parts. */
  @Test
  void aBatchThatIsTooLargeArrivesInParts() {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    backend.answer =
        bodies ->
            bodies.size() > 100
                ? new ExportResult.Permanent("413: too large", true)
                : ExportResult.DELIVERED;
    bench.offer(Samples.logs("a", 1000));
    way.work();
    assertEquals(Samples.bodies(List.of(Samples.logs("a", 1000))), backend.delivered);
    assertEquals(0, way.status().deadLettered());
  }

  /** Reliability test 16: the wait that a backend asks for is kept within a tenth. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 17, 120, 3600})
  void waitsAsLongAsTheBackendAsksFor(long seconds) {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    long asked = Duration.ofSeconds(seconds).toNanos();
    backend.answer = bodies -> new ExportResult.Retry("429", asked);
    bench.offer(Samples.logs("a", 1));
    // Also after many attempts, when a delay of our own would be long.
    for (int attempt = 1; attempt <= 20; attempt++) {
      way.work();
      assertEquals(attempt, backend.attempts);
      long wait = way.sender().doWork();
      assertTrue(wait >= asked && wait <= asked + asked / 10, "waits " + wait + " ns");
      bench.clock.advance(Duration.ofNanos(wait));
    }
  }

  /** A backend that asks for no wait at all is not called in a loop. */
  @Test
  void aWaitOfNothingIsNotTakenAtItsWord() {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    backend.answer = bodies -> new ExportResult.Retry("503", 0);
    bench.offer(Samples.logs("a", 1));
    way.work();
    assertTrue(way.sender().doWork() >= Duration.ofMillis(100).toNanos());
  }

  /** Reliability test 16: wrong credentials hold the data, show, and end without a restart. */
  @Test
  void wrongCredentialsHoldTheDataUntilTheyAreMended() {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    backend.answer = bodies -> new ExportResult.Hold("401: the token is wrong");
    assertEquals(STEPS, outage(way));
    assertTrue(way.status().failing());
    assertEquals("401: the token is wrong", way.status().lastError());
    recover(way);
    assertEquals(expected(0, STEPS), backend.delivered);
    assertTrue(!way.status().failing());
  }

  /** Reliability test 19: one backend that is down costs the other nothing. */
  @Test
  void aBackendThatIsDownCostsTheOthersNothing() {
    Bench.Way down = way(Retention.DEFAULTS, 10L * minute(0).size());
    ScriptedExporter alive = new ScriptedExporter();
    Bench.Way up = bench.way(alive, Bench.SETTINGS, BatchSettings.IMMEDIATE, BUDGET);
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
    for (int i = 0; i < STEPS; i++) {
      assertEquals(Admission.ACCEPTED, bench.offer(minute(i)));
      up.work();
      assertEquals((i + 1) * ITEMS, alive.delivered.size(), "at once, whatever the other does");
      down.work();
      bench.clock.advance(STEP);
    }
  }

  /** Reliability test 20: a partial success is counted and neither repeated nor told the client. */
  @Test
  void aPartialSuccessIsCountedAndNotTriedAgain() {
    Bench.Way way = way(Retention.DEFAULTS, BUDGET);
    Bench.Way other = other();
    Loss five = Loss.rejected(5, null, "5 spans are too old");
    backend.answer = bodies -> new ExportResult.Delivered(List.of(five));
    assertEquals(Admission.ACCEPTED, bench.offer(Samples.logs("a", 12)));
    way.work();
    other.work();
    bench.clock.advance(OUTAGE);
    way.work();
    assertEquals(1, backend.attempts);
    assertEquals(List.of(Admission.ACCEPTED), bench.answers);
    assertEquals(7, way.status().delivered());
    assertEquals(Map.of("rejected_by_backend", 5L), way.status().dropped());
    assertEquals(12, other.status().delivered(), "the other backend took all");
    assertEquals(Map.of(), other.status().dropped());
  }

  private Bench.Way way(Retention retention, long budget) {
    QueueSettings queue =
        new QueueSettings(
            1, QueueSettings.UNLIMITED, QueueSettings.Sizer.REQUESTS, false, retention);
    Bench.Way way =
        bench.way(backend, Bench.SETTINGS.withQueue(queue), BatchSettings.IMMEDIATE, budget);
    ways.add(way);
    return way;
  }

  private Bench.Way other() {
    Bench.Way way =
        bench.way(new ScriptedExporter(), Bench.SETTINGS, BatchSettings.IMMEDIATE, BUDGET);
    ways.add(way);
    return way;
  }

  /** A request a minute while the backend answers as it does or not at all; how many it took. */
  private int outage(Bench.Way way) {
    if (backend.answer.apply(List.of()) instanceof ExportResult.Delivered) {
      backend.answer = bodies -> new ExportResult.Retry("down", -1);
    }
    int accepted = 0;
    for (int i = 0; i < STEPS; i++) {
      Admission admission = bench.offer(minute(i));
      if (admission instanceof Admission.Accepted) {
        accepted++;
      } else {
        assertInstanceOf(Admission.Refused.class, admission, "refused, and to come again");
      }
      way.work();
      bench.clock.advance(STEP);
    }
    return accepted;
  }

  private void recover(Bench.Way way) {
    backend.answer = bodies -> ExportResult.DELIVERED;
    bench.clock.advance(STEP);
    way.work();
    assertEquals(0, way.status().held());
  }

  private static Telemetry minute(int minute) {
    return Samples.logs("m" + minute + "-", ITEMS);
  }

  private static List<String> expected(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(BackendTroubleTest::minute)
        .flatMap(request -> Samples.bodies(List.of(request)).stream())
        .toList();
  }

  /** The bodies are told apart, or the tests above would count one twice and miss another. */
  @Test
  void bodiesAreDifferent() {
    Set<String> all = expected(0, STEPS).stream().collect(Collectors.toSet());
    assertEquals(STEPS * ITEMS, all.size());
  }
}
