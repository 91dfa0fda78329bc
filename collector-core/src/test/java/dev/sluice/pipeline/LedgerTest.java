package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.Event;
import dev.sluice.ledger.Event.What;
import dev.sluice.ledger.Explanation;
import dev.sluice.ledger.Fate;
import dev.sluice.ledger.LedgerSettings;
import dev.sluice.ledger.Question;
import dev.sluice.ledger.TelemetryLedger;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the ledger says of items after they went through a ring, for each end that they can have.
 */
class LedgerTest {
  private static final String EXPORTER = "logs > exporter/a";

  private final ManualClock time = new ManualClock();
  private final TelemetryLedger ledger = ledger(1);
  private final Bench bench = new Bench(ledger);
  private final ScriptedExporter backend = new ScriptedExporter();

  private TelemetryLedger ledger(int sampleEvery) {
    LedgerSettings settings = new LedgerSettings(sampleEvery, 1 << 20, 1 << 20);
    return TelemetryLedger.open(settings, 1, null, time);
  }

  @Test
  void tellsTheWholeWayOfWhatWasDelivered() {
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("one", "two"));
    bench.offer(Samples.logs("three"));
    way.work();
    Explanation told = ledger.explain(Question.log("two"));
    assertEquals(Fate.DELIVERED, told.fate());
    assertEquals(List.of(What.ACCEPTED, What.TAKEN, What.DELIVERED), what(told));
    assertEquals("otlp", told.events().getFirst().receiver());
    Event taken = told.events().get(1);
    assertEquals(3, taken.items());
    assertEquals(2, taken.requests());
    assertEquals(Fate.DELIVERED, told.fates().get(EXPORTER));
  }

  @Test
  void saysThatItIsHeldWhileTheBackendFails() {
    backend.answer = bodies -> new ExportResult.Retry("connection refused", -1);
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("waits"));
    assertEquals(Fate.HELD, ledger.explain(Question.log("waits")).fate());
    way.work();
    bench.clock.advance(Duration.ofHours(1));
    way.work();
    Explanation told = ledger.explain(Question.log("waits"));
    assertEquals(Fate.HELD, told.fate());
    assertEquals(List.of(What.ACCEPTED, What.TAKEN, What.ATTEMPT_FAILED), what(told));
    assertEquals("2 attempts, the latest: connection refused", last(told).reason());
  }

  @Test
  void namesTheOneThatTheBackendRejectedAndItsDeadLetter() {
    backend.answer =
        bodies ->
            bodies.contains("bad")
                ? new ExportResult.Permanent("too old", true)
                : ExportResult.DELIVERED;
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("good", "bad", "fine"));
    way.work();
    Explanation bad = ledger.explain(Question.log("bad"));
    assertEquals(Fate.LOST, bad.fate());
    assertEquals(What.DEAD_LETTERED, last(bad).what());
    assertEquals("rejected_by_backend", last(bad).rule());
    assertEquals("too old", last(bad).reason());
    assertEquals("letter.pb", last(bad).file());
    assertEquals(1, last(bad).items());
    assertEquals(Fate.DELIVERED, ledger.explain(Question.log("good")).fate());
    assertEquals(Fate.DELIVERED, ledger.explain(Question.log("fine")).fate());
  }

  @Test
  void namesWhatFellBehindAndIsKeptNowhere() {
    bench.keepsDeadLetters = false;
    way(Samples.logs("a").size());
    Bench.Way other = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("a"));
    bench.offer(Samples.logs("b"));
    other.work();
    Explanation told = ledger.explain(Question.log("a"));
    assertEquals(Fate.LOST, told.fate());
    assertEquals(Fate.LOST, told.fates().get(EXPORTER));
    assertEquals(Fate.DELIVERED, told.fates().get("logs > exporter/b"));
    Event dropped =
        told.events().stream()
            .filter(event -> event.what() == What.DROPPED)
            .findAny()
            .orElseThrow();
    assertEquals("overflow", dropped.rule());
    assertEquals("", dropped.file());
    assertEquals(Fate.HELD, ledger.explain(Question.log("b")).fates().get(EXPORTER));
  }

  @Test
  void namesWhatWasRefusedAndThatItsSenderHasIt() {
    way(Samples.logs("a").size());
    bench.offer(Samples.logs("a"));
    assertTrue(bench.offer(Samples.logs("again")) instanceof Admission.Refused);
    Explanation told = ledger.explain(Question.log("again"));
    assertEquals(Fate.REFUSED, told.fate());
    assertEquals(List.of(What.REFUSED), what(told));
    assertTrue(last(told).reason().contains("full"), last(told)::reason);
    bench.ring.close();
    bench.offer(Samples.logs("late"));
    assertTrue(last(ledger.explain(Question.log("late"))).reason().contains("shutting down"));
  }

  @Test
  void saysPerhapsWhenTheBackendToldOnlyANumber() {
    backend.answer =
        bodies -> new ExportResult.Delivered(List.of(Loss.rejected(1, null, "one is wrong")));
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("x", "y", "z"));
    way.work();
    Explanation told = ledger.explain(Question.log("y"));
    assertEquals(Fate.PERHAPS_LOST, told.fate());
    Event dropped = told.events().getLast();
    assertEquals(1, dropped.items());
    assertEquals(3, dropped.among());
    assertEquals("one is wrong", dropped.reason());
  }

  @Test
  void namesWhatARuleOfOursDropped() {
    BitSet second = new BitSet();
    second.set(1);
    backend.answer =
        bodies ->
            new ExportResult.Delivered(List.of(Loss.dropped("too_long", 1, second, "no line")));
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("x", "y", "z"));
    way.work();
    assertEquals(Fate.LOST, ledger.explain(Question.log("y")).fate());
    assertEquals(Fate.DELIVERED, ledger.explain(Question.log("x")).fate());
    assertEquals(Fate.DELIVERED, ledger.explain(Question.log("z")).fate());
  }

  @Test
  void namesWhatWasLostAtTheEnd() {
    Bench.Way way = way(Long.MAX_VALUE);
    bench.offer(Samples.logs("left"));
    way.cursor().abandonAll("shutdown", "the process ended");
    Explanation told = ledger.explain(Question.log("left"));
    assertEquals(Fate.LOST, told.fate());
    assertEquals("shutdown", last(told).rule());
  }

  @Test
  void isHonestAboutWhatWasNotSampled() {
    TelemetryLedger sparing = ledger(1000);
    Bench busy = new Bench(sparing);
    Bench.Way way = busy.way(backend, Bench.SETTINGS, BatchSettings.IMMEDIATE, Long.MAX_VALUE);
    for (int i = 0; i < 500; i++) {
      busy.offer(Samples.logs("line-" + i + "."));
    }
    way.work();
    Explanation told = sparing.explain(Question.log("line-499."));
    assertEquals(Fate.NOT_RECORDED, told.fate());
    assertEquals(500, told.samples().getFirst().requests());
    int sampled = told.samples().getFirst().sampled();
    assertTrue(sampled > 0 && sampled < 20, () -> "sampled " + sampled);
    assertEquals(Fate.DELIVERED, sparing.explain(Question.log("line-0.")).fate());
    assertTrue(told.losses().isWhole());
  }

  @Test
  void lossesAreNamedHoweverFewAreSampled() {
    TelemetryLedger sparing = ledger(1 << 20);
    Bench busy = new Bench(sparing);
    backend.answer = bodies -> new ExportResult.Permanent("no", false);
    Bench.Way way = busy.way(backend, Bench.SETTINGS, BatchSettings.IMMEDIATE, Long.MAX_VALUE);
    for (int i = 0; i < 500; i++) {
      busy.offer(Samples.logs("line-" + i + "."));
      way.work();
    }
    for (int i = 0; i < 500; i++) {
      assertEquals(Fate.LOST, sparing.explain(Question.log("line-" + i + ".")).fate());
    }
  }

  @Test
  void staysWithinItsMemoryAndSaysWhatFellOut() {
    backend.answer = bodies -> new ExportResult.Permanent("no", false);
    Bench.Way way = way(Long.MAX_VALUE);
    String padding = "x".repeat(100);
    for (int i = 0; i < 5_000; i++) {
      bench.offer(Samples.logs("line-" + i + "." + padding));
      way.work();
      time.advance(Duration.ofSeconds(1));
      ledger.explain(Question.trace("0".repeat(32))); // a turn
    }
    Explanation oldest = ledger.explain(Question.log("line-0."));
    assertEquals(Fate.NOT_RECORDED, oldest.fate());
    assertTrue(oldest.samples().getFirst().sampled() < 2_000, oldest::toString);
    long start = new ManualClock().epochNanos();
    assertTrue(oldest.losses().sinceNanos() > start, "losses are complete since later");
    assertTrue(oldest.samples().getFirst().sinceNanos() > start, "and so are samples");
    assertEquals(Fate.LOST, ledger.explain(Question.log("line-4999.")).fate());
  }

  private Bench.Way way(long budgetBytes) {
    return bench.way(backend, Bench.SETTINGS, BatchSettings.IMMEDIATE, budgetBytes);
  }

  private static List<What> what(Explanation told) {
    return told.events().stream().map(Event::what).toList();
  }

  private static Event last(Explanation told) {
    return told.events().getLast();
  }
}
