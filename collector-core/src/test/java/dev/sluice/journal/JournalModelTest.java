package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalBench.Consumer;
import dev.sluice.journal.ModelDisk.Crash;
import dev.sluice.journal.ModelDisk.Operation;
import dev.sluice.otlp.PropertyRun;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Reliability test 7: random actions on a journal whose disk crashes at any operation, tears
 * writes, forgets what was not forced, and fails. What was acknowledged is delivered to each
 * exporter, in order, and nothing else than what was sent; and the journal's places equal the
 * model's.
 *
 * <p>The long form is {@code -Dsluice.property.iterations=1000000}, in actions.
 */
class JournalModelTest {
  private static final int ACTIONS_OF_A_LIFE = 60;
  private static final String[] EXPORTERS = {"a", "b"};

  @Test
  void deliversWhatWasAcknowledgedWhateverTheDiskDoes() {
    PropertyRun run = PropertyRun.of("journal-model", 30_000);
    SplittableRandom seeds = new SplittableRandom(run.seed());
    long crashes = 0;
    long acked = 0;
    long failed = 0;
    for (int actions = 0; actions < run.iterations(); actions += ACTIONS_OF_A_LIFE) {
      long seed = seeds.nextLong();
      Life life = new Life(seed);
      try {
        life.live();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("journal-model: life with seed " + seed + "L", e);
      }
      crashes += life.crashes;
      acked += life.bench.acked.size();
      failed += life.bench.failed.size();
    }
    assertTrue(crashes > 0 && acked > 0 && failed > 0, "nothing was tried");
    run.finished(acked + " acknowledged, " + failed + " refused, " + crashes + " crashes");
  }

  /** One journal, from the first start to the last. */
  private static final class Life {
    final SplittableRandom random;
    final JournalBench bench;
    final boolean fsync;
    final List<Set<String>> delivered = List.of(new HashSet<>(), new HashSet<>());
    final long[] savedSequence = new long[EXPORTERS.length];
    int crashes;
    int sent;
    boolean lostPower;
    final Map<String, Integer> itemsOf = new HashMap<>();
    Place head = new Place(0, 0);

    Life(long seed) {
      random = new SplittableRandom(seed);
      bench = new JournalBench(random.nextLong());
      fsync = random.nextBoolean();
      bench.settings = JournalBench.settings(fsync);
    }

    void live() {
      start();
      for (int i = 0; i < ACTIONS_OF_A_LIFE; i++) {
        try {
          act();
          check();
        } catch (Crash crash) {
          crash();
        }
      }
      end();
    }

    private void act() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4 -> send();
        case 5, 6, 7 -> {
          var _ = bench.journal.doWork();
        }
        case 8, 9 -> upkeep();
        case 10, 11, 12 -> deliver(random.nextInt(EXPORTERS.length), random.nextInt(1, 9));
        case 13 -> bench.disk.crashAfter(random.nextInt(30));
        case 14 -> breakOrMend();
        default -> {
          bench.close();
          start();
        }
      }
    }

    private void send() {
      int count = random.nextInt(1, 6);
      for (int i = 0; i < count; i++) {
        int size = random.nextInt(12, random.nextInt(20) == 0 ? 90_000 : 9_000);
        int items = random.nextInt(1, 100);
        String text = JournalBench.sized(String.format("%08d ", sent++), size);
        itemsOf.put(text, items);
        bench.append(text, items);
      }
    }

    private void upkeep() {
      long failures = bench.journal.status().cursorFailures();
      bench.upkeep();
      for (int i = 0; i < EXPORTERS.length; i++) {
        if (bench.journal.status().cursorFailures() == failures) {
          savedSequence[i] = bench.consumers.get(i).end.sequence();
        } else {
          savedSequence[i] = 0; // it may have been overwritten half
        }
      }
    }

    private void deliver(int exporter, int count) {
      Consumer consumer = bench.consumers.get(exporter);
      int before = consumer.entries.size();
      consumer.deliver(count);
      for (Entry entry : consumer.entries.subList(before, consumer.entries.size())) {
        delivered.get(exporter).add(JournalBench.text(entry));
      }
    }

    private void breakOrMend() {
      Operation broken = Operation.values()[random.nextInt(Operation.READ.ordinal())];
      if (random.nextBoolean()) {
        bench.disk.fail("Input/output error", (operation, path) -> operation == broken);
      } else if (random.nextBoolean()) {
        bench.disk.fail(
            "No space left on device",
            (operation, path) -> operation == Operation.WRITE || operation == Operation.CREATE);
      } else {
        mend();
      }
    }

    private void mend() {
      bench.disk.works();
      bench.turn(Duration.ofSeconds(1));
    }

    private void crash() {
      crashes++;
      if (fsync && random.nextBoolean()) {
        lostPower = true;
        bench.disk.restartAfterPowerLoss();
      } else {
        bench.disk.restartAfterKill();
      }
      start();
    }

    /** Starts, in some of the cases with a crash in the midst of it. */
    private void start() {
      bench.disk.works();
      if (random.nextInt(4) == 0) {
        bench.disk.crashAfter(random.nextInt(12));
      }
      while (true) {
        try {
          bench.open(EXPORTERS);
          break;
        } catch (Crash crash) {
          crashes++;
          bench.disk.restartAfterKill();
        } catch (UncheckedIOException e) {
          throw new AssertionError("did not start", e);
        }
      }
      head = bench.journal.head();
      for (int i = 0; i < EXPORTERS.length; i++) {
        long end = bench.consumers.get(i).end.sequence();
        assertTrue(end >= savedSequence[i], "what was delivered and saved comes again");
        assertTrue(end <= head.sequence(), "an exporter is ahead of the journal");
      }
      acked = bench.acked.size();
    }

    private int acked;

    /** The places equal the model's. */
    private void check() {
      while (acked < bench.acked.size()) {
        int items = itemsOf.get(bench.acked.get(acked++));
        head = new Place(head.sequence() + 1, head.items() + items);
      }
      assertEquals(head, bench.journal.head());
      for (Consumer consumer : bench.consumers) {
        checkOrder(consumer);
      }
    }

    private void checkOrder(Consumer consumer) {
      List<Entry> entries = consumer.entries;
      for (int i = 1; i < entries.size(); i++) {
        Entry before = entries.get(i - 1);
        assertTrue(entries.get(i).place().sequence() > before.place().sequence(), "order");
        assertTrue(
            JournalBench.text(entries.get(i)).compareTo(JournalBench.text(before)) > 0, "order");
      }
    }

    private void end() {
      bench.disk.crashAfter(Long.MAX_VALUE);
      mend();
      var _ = bench.journal.doWork();
      bench.close();
      start();
      bench.disk.crashAfter(Long.MAX_VALUE);
      for (int i = 0; i < EXPORTERS.length; i++) {
        deliver(i, Integer.MAX_VALUE);
        List<String> missing = new ArrayList<>(bench.acked);
        missing.removeAll(delivered.get(i));
        assertEquals(List.of(), missing.stream().map(text -> text.substring(0, 9)).toList());
        if (!lostPower) {
          assertEquals(0, bench.consumers.get(i).lostItems);
        }
      }
      bench.upkeep();
      assertEquals(0, bench.disk.files(".tmp").size());
      assertTrue(bench.journal.status().segments() <= 1, "segments are left");
    }
  }
}
