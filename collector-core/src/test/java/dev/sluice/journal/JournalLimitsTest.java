package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Retention.Overflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the journal is bounded in bytes and age, and what gives way. */
class JournalLimitsTest {
  private static final int MAX_BYTES = 10 * JournalBench.SEGMENT_BYTES;

  private final JournalBench bench = new JournalBench(1);

  /** Sends requests as long as there is room; at most so many. */
  private List<String> fill(int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count && bench.journal.hasRoom(9_000); i++) {
      String text = JournalBench.sized("request " + i, 9_000);
      taken.add(text);
      bench.write(text);
      bench.upkeep();
    }
    return taken;
  }

  private void limit(long maxBytes, Duration maxAge, Overflow overflow) {
    bench.settings = JournalBench.settings(true, maxBytes, maxAge, overflow);
    bench.open("a");
  }

  @Test
  void refusesWhenItIsFullAndLosesNothing() {
    limit(MAX_BYTES, Duration.ZERO, Overflow.REFUSE);
    List<String> taken = fill(1000);
    assertFalse(bench.journal.hasRoom(9_000));
    assertTrue(bench.journal.status().full());
    assertTrue(bench.journal.status().bytes() <= MAX_BYTES);
    assertTrue(bench.journal.status().bytes() > MAX_BYTES - 9_100);
    bench.consumer().deliver(3);
    bench.upkeep();
    assertFalse(bench.journal.hasRoom(9_000), "no whole segment is free");
    bench.consumer().deliver(5);
    bench.upkeep();
    assertTrue(bench.journal.hasRoom(9_000));
    assertEquals(taken, bench.consumer().drain());
    assertEquals(0, bench.consumer().givenUpItems);
  }

  @Test
  void onceFullItHasRoomWhenASixteenthIsFree() {
    bench.settings = JournalBench.settings(true, 64 * 9_048, Duration.ZERO, Overflow.REFUSE);
    bench.settings =
        new JournalSettings(
            JournalBench.FOLDER,
            true,
            64 * 9_048,
            0,
            Duration.ZERO,
            Overflow.REFUSE,
            9_100,
            1 << 20);
    bench.open("a");
    assertEquals(63, fill(1000).size());
    for (int freed = 1; freed <= 4; freed++) {
      assertFalse(bench.journal.hasRoom(1), "after " + freed);
      bench.consumer().deliver(1);
      bench.upkeep();
    }
    assertTrue(bench.journal.hasRoom(9_000));
  }

  @Test
  void givesUpTheOldestWhenItIsToldTo() {
    limit(MAX_BYTES, Duration.ZERO, Overflow.DROP_OLDEST);
    List<String> taken = fill(300);
    assertEquals(300, taken.size(), "it never refuses");
    assertTrue(bench.journal.status().bytes() <= MAX_BYTES);
    assertEquals("journal_full", bench.consumer().givenUpRule);
    int givenUp = (int) bench.consumer().givenUpItems;
    assertTrue(givenUp > 200 && givenUp < 240, "given up " + givenUp);
    assertEquals(taken.subList(givenUp, 300), bench.consumer().drain());
    assertEquals(0, bench.consumer().lostItems);
  }

  @Test
  void waitsForAnExporterThatReadsWhatIsToBeGivenUp() {
    limit(MAX_BYTES, Duration.ZERO, Overflow.DROP_OLDEST);
    bench.consumer().busy = true;
    List<String> taken = fill(300);
    assertTrue(taken.size() < 80, "then it refuses");
    bench.consumer().busy = false;
    bench.upkeep();
    assertTrue(bench.journal.hasRoom(9_000));
    assertEquals(7, bench.consumer().givenUpItems);
    assertEquals(taken.subList(7, taken.size()), bench.consumer().drain());
  }

  @Test
  void givesUpWhatIsTooOldAlsoInTheSegmentInUse() {
    limit(0, Duration.ofMinutes(10), Overflow.REFUSE);
    bench.write("old", "old too");
    bench.turn(Duration.ofMinutes(9));
    bench.write("young");
    bench.turn(Duration.ofMinutes(9));
    assertEquals(0, bench.consumer().givenUpItems, "the newest of the segment counts");
    bench.turn(Duration.ofMinutes(2));
    assertEquals(3, bench.consumer().givenUpItems);
    assertEquals("max_age", bench.consumer().givenUpRule);
    bench.upkeep();
    assertEquals(List.of(), bench.disk.files(".seg"));
    bench.write("new");
    assertEquals(List.of("new"), bench.consumer().drain());
    bench.close();
    bench.open("a");
    assertEquals(4, bench.journal.head().sequence());
  }

  @Test
  void leavesTheReserveOfTheDiskFree() {
    bench.settings =
        new JournalSettings(
            JournalBench.FOLDER,
            true,
            0,
            200_000,
            Duration.ZERO,
            Overflow.REFUSE,
            JournalBench.SEGMENT_BYTES,
            1 << 20);
    bench.disk.capacityBytes = 500_000;
    bench.open("a");
    List<String> taken = fill(1000);
    assertFalse(bench.journal.hasRoom(1));
    assertTrue(bench.journal.status().healthy());
    assertTrue(bench.disk.usableBytes(JournalBench.FOLDER) > 185_000);
    assertEquals(taken, bench.consumer().drain());
    bench.upkeep();
    assertTrue(bench.journal.hasRoom(9_000));
  }
}
