package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalBench.Consumer;
import dev.sluice.pipeline.Journal.Chunk;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentedJournalTest {
  private final JournalBench bench = new JournalBench(1);

  @Test
  void readsBackWhatWasAcknowledgedInOrder() {
    bench.open("a").write("one", "two", "three");
    assertEquals(List.of("one", "two", "three"), bench.acked);
    assertEquals(List.of("one", "two", "three"), bench.consumer().drain());
    assertEquals(new Place(3, 3), bench.journal.head());
  }

  @Test
  void acknowledgesNothingBeforeItIsWritten() {
    bench.open("a").append("one", 1);
    assertEquals(List.of(), bench.acked);
    assertEquals(new Place(0, 0), bench.journal.head());
    assertTrue(bench.journal.doWork());
    assertEquals(List.of("one"), bench.acked);
    assertFalse(bench.journal.doWork());
  }

  @Test
  void writesWhatWaitsAsOneGroup() {
    bench.open("a");
    long before = bench.disk.operations();
    for (int i = 0; i < 20; i++) {
      bench.append("request " + i, i + 1);
    }
    assertTrue(bench.journal.doWork());
    assertEquals(20, bench.acked.size());
    assertEquals(new Place(20, 210), bench.journal.head());
    // create, header, force, rename, force folder; write, force
    assertEquals(7, bench.disk.operations() - before);
  }

  @Test
  void keepsSignalItemsAndTimeOfARequest() {
    bench.open("a").append("x", 17);
    bench.upkeep();
    bench.consumer().drain();
    var entry = bench.consumer().entries.getFirst();
    assertEquals(17, entry.telemetry().items());
    assertEquals(bench.clock.epochNanos() - 200_000_000L, entry.acceptedEpochNanos());
    assertEquals(new Place(1, 17), entry.next());
  }

  @Test
  void continuesAfterARestartWhereTheCursorWasSaved() {
    bench.open("a").write("one", "two", "three");
    bench.consumer().deliver(2);
    bench.close();
    bench.open("a").write("four");
    assertEquals(List.of("three", "four"), bench.consumer().drain());
    assertEquals(4, bench.journal.head().sequence());
  }

  @Test
  void keepsRangesThatAreUnderWay() {
    bench.open("a").write("one", "two", "three", "four");
    Consumer consumer = bench.consumer();
    consumer.ranges.add(new Range(new Place(1, 1), new Place(2, 2)));
    consumer.end = new Place(3, 3);
    bench.close();
    assertEquals(List.of("two", "four"), bench.open("a").consumer().drain());
  }

  @Test
  void readsNoMoreThanItIsAskedFor() {
    bench.open("a");
    for (int i = 0; i < 10; i++) {
      bench.append("request " + i, 3);
    }
    assertTrue(bench.journal.doWork());
    Place head = bench.journal.head();
    try (var reader = bench.journal.reader()) {
      Chunk chunk = reader.read(new Place(0, 0), head, 7, Long.MAX_VALUE);
      assertEquals(3, chunk.entries().size());
      assertEquals(new Place(3, 9), chunk.next());
      assertEquals(2, reader.read(chunk.next(), head, 100, 12).entries().size());
      assertEquals(4, reader.read(new Place(4, 12), new Place(8, 24), 100, 1000).entries().size());
      assertEquals(
          "request 1",
          JournalBench.text(reader.read(new Place(1, 3), head, 1, 1).entries().getFirst()));
    }
  }

  @Test
  void goesOnInAnotherSegmentWhenOneIsFullAndDeletesWhatNobodyNeeds() {
    bench.open("a", "b");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      texts.add(JournalBench.sized("request " + i, 10_000));
    }
    bench.write(texts.toArray(String[]::new));
    assertEquals(9, bench.disk.files(".seg").size());
    assertEquals(texts, bench.consumers.get(0).drain());
    bench.upkeep();
    assertEquals(9, bench.disk.files(".seg").size());
    assertEquals(texts, bench.consumers.get(1).drain());
    bench.upkeep();
    assertEquals(1, bench.disk.files(".seg").size());
    bench.close();
    bench.open("a", "b").write("after");
    assertEquals(List.of("after"), bench.consumers.get(0).drain());
  }

  @Test
  void writesARequestThatIsLargerThanASegment() {
    String large = JournalBench.sized("large", 3 << 20);
    bench.open("a").write("one", large, "two");
    bench.close();
    bench.open("a");
    assertTrue(List.of("one", large, "two").equals(bench.consumer().drain()));
  }

  @Test
  void setsTheCursorOfAnExporterAsideThatDoesNotFollowAnyMore() {
    bench.open("a", "otlp/b").write("one");
    bench.consumers.get(0).drain();
    bench.close();
    bench.open("a").upkeep();
    assertEquals(1, bench.disk.files(".orphan").size());
    assertEquals(List.of(), bench.disk.files("b.cursor"));
    assertEquals(List.of(), bench.disk.files(".seg"));
  }

  @Test
  void hasNoRoomForMoreThanMayWait() {
    bench.open("a");
    assertTrue(bench.journal.hasRoom(1 << 20));
    bench.append(JournalBench.sized("half", 512 << 10), 1);
    assertFalse(bench.journal.hasRoom(600 << 10));
    assertTrue(bench.journal.hasRoom(500 << 10));
    assertTrue(bench.journal.doWork());
    assertTrue(bench.journal.hasRoom(600 << 10));
  }
}
