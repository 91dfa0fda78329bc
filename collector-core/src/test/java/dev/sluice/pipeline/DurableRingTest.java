package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A ring with a journal: what has no room in memory is delivered all the same, and in order. */
class DurableRingTest {
  private static final Telemetry REQUEST = Samples.logs("request-", 10);
  private static final long BUDGET = 8L * REQUEST.size();

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final ScriptedExporter backend = new ScriptedExporter();
  private Bench bench = new Bench(journal, clock);

  @Test
  void answersWhenTheJournalHasIt() {
    Bench.Way way = way(0);
    journal.writesAtOnce = false;
    assertNull(bench.offer(REQUEST), "not before it is on disk");
    way.work();
    assertEquals(0, backend.attempts);
    journal.write();
    assertEquals(List.of(Admission.ACCEPTED), bench.answers);
    way.work();
    assertEquals(10, backend.delivered.size());
  }

  @Test
  void refusesWhatTheJournalCannotWrite() {
    Bench.Way way = way(0);
    MemoryJournal failing = journal;
    failing.failure = "No space left on device";
    Admission.Refused refused = assertInstanceOf(Admission.Refused.class, bench.offer(REQUEST));
    assertTrue(refused.reason().contains("No space left"));
    assertTrue(refused.retryAfterNanos() > 0);
    assertEquals(0, way.status().accepted());
    assertEquals(0, bench.memory.heldBytes());
    failing.failure = null;
    assertEquals(Admission.ACCEPTED, bench.offer(REQUEST));
  }

  @Test
  void refusesWhileTheJournalIsFull() {
    way(0);
    journal.full = true;
    bench.offer(REQUEST);
    clock.advance(Duration.ofSeconds(2));
    ((FanOut) bench.intake).refuseLate();
    assertInstanceOf(Admission.Refused.class, bench.answers.getLast());
  }

  @Test
  void deliversInOrderWhatHadNoRoomInMemory() {
    Bench.Way way = way(0);
    down();
    List<String> expected = offerMany(way, 1000);
    assertTrue(bench.memory.heldBytes() <= BUDGET + REQUEST.size());
    assertEquals(1000, way.status().held());
    assertTrue(way.status().onDisk() > 900, "" + way.status());
    up(way);
    assertEquals(expected, backend.delivered);
    assertEquals(0, way.status().held());
    assertEquals(0, bench.memory.heldBytes());
  }

  /** Reliability test 14, on disk: nothing is dropped by age or by attempts. */
  @Test
  void deliversEverythingAfterSixHoursWithoutABackend() {
    Bench.Way way = way(0);
    down();
    List<String> expected = new ArrayList<>();
    for (int minute = 0; minute < 360; minute++) {
      expected.addAll(offerMany(way, 10, "m" + minute + "-"));
      clock.advance(Duration.ofMinutes(1));
    }
    assertTrue(way.status().oldestAgeNanos() >= Duration.ofMinutes(359).toNanos());
    up(way);
    assertEquals(expected, backend.delivered);
    assertEquals(0, way.status().unaccounted());
  }

  @Test
  void givesLiveDataItsShareWhileItCatchesUp() {
    Bench.Way way = way(0.5);
    down();
    offerMany(way, 400);
    up(way, 4);
    int old = backend.delivered.size();
    offerMany(way, 4, "live");
    up(way, 8);
    List<String> since = backend.delivered.subList(old, backend.delivered.size());
    assertTrue(since.stream().anyMatch(body -> body.startsWith("live")), "" + since);
    assertTrue(since.stream().anyMatch(body -> !body.startsWith("live")), "" + since);
    up(way);
    assertEquals(404, new HashSet<>(backend.delivered).size());
    assertEquals(404, backend.delivered.size());
  }

  @Test
  void resumesWhatWasPendingWhenTheProcessDied() {
    Bench.Way way = way(0);
    List<String> expected = offerMany(way, 20);
    way.work();
    assertEquals(expected, backend.delivered);
    down();
    List<String> undelivered = offerMany(way, 100, "late");
    journal.restart();
    bench = new Bench(journal, clock);
    Bench.Way again = way(0);
    assertEquals(100, again.status().accepted());
    assertEquals(100, again.status().held());
    undelivered.addAll(offerMany(again, 5, "new"));
    backend.delivered.clear();
    up(again);
    assertEquals(undelivered, backend.delivered);
    assertEquals(0, again.status().unaccounted());
  }

  @Test
  void countsExactlyWhatTheDiskHasLost() {
    Bench.Way way = way(0);
    down();
    offerMany(way, 200);
    journal.damaged.addAll(List.of(40L, 41L, 60L));
    up(way);
    assertEquals(197, backend.delivered.size());
    assertEquals(3L, way.status().dropped().get("journal_damaged"));
    assertEquals(0, way.status().unaccounted());
    assertEquals(0, way.status().held());
  }

  @Test
  void givesUpTheOldestOnDiskWhenTheJournalMust() {
    Bench.Way way = way(0);
    down();
    offerMany(way, 100);
    assertTrue(follower().tryGiveUp(new Place(50, 50), "journal_full", "full"));
    long inMemory = 100 - way.status().onDisk() - 50;
    assertTrue(inMemory >= 0);
    up(way);
    assertEquals(100 - way.status().dropped().get("journal_full"), backend.delivered.size());
    assertEquals(0, way.status().unaccounted());
    assertEquals("r99", backend.delivered.getLast());
  }

  @Test
  void leavesToTheDiskWhatCannotBeDeliveredBeforeTheEnd() {
    Bench.Way way = way(0);
    down();
    offerMany(way, 100);
    bench.ring.close();
    way.cursor().abandonAll("shutdown", "the end");
    assertEquals(100, way.status().held());
    assertEquals(100, way.status().onDisk());
    assertEquals(0, way.status().deadLettered());
    assertEquals(0, bench.memory.heldBytes());
    Pending pending = follower().pending();
    assertEquals(List.of(new Range(new Place(0, 0), new Place(100, 100))), pending.ranges());
    assertEquals(new Place(100, 100), pending.end());
  }

  @Test
  void anExporterWithoutStorageStillFallsBehind() {
    Bench.Way durable = way(0);
    ScriptedExporter other = new ScriptedExporter();
    other.answer = bodies -> new ExportResult.Retry("down", -1);
    Bench.Way inMemory = bench.way(other, Bench.SETTINGS, BatchSettings.IMMEDIATE, BUDGET);
    down();
    offerMany(durable, 200);
    assertTrue(inMemory.status().deadLettered() > 100);
    up(durable);
    assertEquals(200, backend.delivered.size());
    assertEquals(0, inMemory.status().unaccounted());
  }

  /**
   * Every action at random, restarts among them: the law holds after each, and in the end each
   * request that was acknowledged is delivered, dead-lettered, or counted by its rule.
   */
  @Test
  void losesNothingThatWasAcknowledged() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    for (int round = 0; round < 300; round++) {
      new RandomRun(new SplittableRandom(seed + round), "seed " + seed + " round " + round).run();
    }
  }

  private static final class RandomRun {
    private final ManualClock clock = new ManualClock();
    private final MemoryJournal journal = new MemoryJournal(clock);
    private final ScriptedExporter backend = new ScriptedExporter();
    private final SplittableRandom random;
    private final String hint;
    private final double liveShare;
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> letters = new HashSet<>();
    private Bench bench;
    private List<Bench.Way> ways;

    RandomRun(SplittableRandom random, String hint) {
      this.random = random;
      this.hint = hint;
      liveShare = random.nextBoolean() ? 0 : 0.5;
      backend.answer = bodies -> answer();
      start();
    }

    private ExportResult answer() {
      return switch (random.nextInt(8)) {
        case 0, 1, 2 -> new ExportResult.Retry("down", -1);
        case 3 -> new ExportResult.Permanent("bad", random.nextBoolean());
        default -> ExportResult.DELIVERED;
      };
    }

    private void start() {
      bench = new Bench(journal, clock);
      BatchSettings batch = Bench.batch(0, 50, Duration.ZERO);
      long budget = (1 + random.nextInt(20)) * (long) REQUEST.size();
      ways =
          List.of(
              bench.way(backend, storing(liveShare), batch, budget),
              bench.way(backend, storing(liveShare), batch, budget));
    }

    void run() {
      for (int step = 0; step < 300; step++) {
        act(step);
        ways.forEach(way -> assertEquals(0, way.status().unaccounted(), hint));
      }
      backend.answer = bodies -> ExportResult.DELIVERED;
      journal.write();
      ways.forEach(this::finish);
      remember();
      Set<String> reached = new HashSet<>(backend.delivered);
      reached.addAll(letters);
      assertTrue(reached.containsAll(acknowledged), hint);
      ways.forEach(way -> assertEquals(0, way.status().held(), hint));
      assertEquals(0, bench.memory.heldBytes(), hint);
    }

    private void act(int step) {
      switch (random.nextInt(20)) {
        case 0 -> journal.writesAtOnce = !journal.writesAtOnce;
        case 1 -> journal.write();
        case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(100)));
        case 3 -> {
          remember();
          journal.restart();
          start();
        }
        case 4, 5, 6, 7, 8, 9 -> ways.get(random.nextInt(2)).sender().doWork();
        default -> {
          String body = "s" + step + "-";
          int items = 1 + random.nextInt(9);
          Telemetry request = Samples.logs(body, items);
          bench.intake.accept(
              request,
              admission -> {
                if (admission instanceof Admission.Accepted) {
                  Stream.iterate(0, i -> i + 1)
                      .limit(items)
                      .forEach(i -> acknowledged.add(body + i));
                }
              });
        }
      }
    }

    private void finish(Bench.Way way) {
      for (int i = 0; i < 10_000 && way.status().held() > 0; i++) {
        clock.advance(Duration.ofSeconds(way.sender().doWork() == 0 ? 0 : 60));
      }
    }

    private void remember() {
      letters.addAll(bench.buriedBodies());
    }
  }

  private Bench.Way way(double liveShare) {
    return bench.way(backend, storing(liveShare), Bench.batch(0, 20, Duration.ZERO), BUDGET);
  }

  private static SenderSettings storing(double liveShare) {
    return Bench.SETTINGS.withQueue(
        new QueueSettings(
            1,
            QueueSettings.UNLIMITED,
            Sizer.REQUESTS,
            false,
            Retention.DEFAULTS,
            new StorageSettings("file_storage", liveShare)));
  }

  private Journal.Follower follower() {
    return journal.followers.values().iterator().next();
  }

  private void down() {
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
  }

  private void up(Bench.Way way) {
    up(way, Integer.MAX_VALUE);
  }

  /** The backend takes everything again; turns the sender until all is delivered, or so often. */
  private void up(Bench.Way way, int turns) {
    backend.answer = bodies -> ExportResult.DELIVERED;
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < turns && way.sender().doWork() == 0; i++) {
      // one turn after the other
    }
  }

  private List<String> offerMany(Bench.Way way, int requests) {
    return offerMany(way, requests, "r");
  }

  /** Offers requests of one record each, and turns the sender in between. */
  private List<String> offerMany(Bench.Way way, int requests, String prefix) {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      bodies.add(prefix + i);
      assertEquals(Admission.ACCEPTED, bench.offer(Samples.logs(prefix + i)));
      way.sender().doWork();
    }
    return bodies;
  }
}
