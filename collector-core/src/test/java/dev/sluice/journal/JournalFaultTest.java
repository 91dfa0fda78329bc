package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done when the disk does not do what it is told. */
class JournalFaultTest {
  private static final String EIO = "Input/output error";

  private final JournalBench bench = new JournalBench(1);

  private void failOnce(DiskOperation which) {
    AtomicInteger times = new AtomicInteger();
    bench.disk.fail(EIO, (operation, path) -> operation == which && times.getAndIncrement() == 0);
  }

  /** Reliability test 8: one failed fsync. */
  @Test
  void aFailedForceIsMadeGoodOnANewSegmentBeforeTheAnswer() {
    bench.open("a").write("one", "two");
    bench.append("three", 3);
    failOnce(DiskOperation.FORCE);
    assertTrue(bench.journal.doWork());
    assertEquals(List.of("one", "two", "three"), bench.acked);
    assertEquals(2, bench.disk.files(".seg").size(), "never forced again: another file");
    assertEquals(1, bench.journal.status().forceFailures());
    assertTrue(bench.journal.status().healthy());
    bench.disk.restartAfterPowerLoss();
    bench.open("a");
    assertEquals(List.of("one", "two", "three"), bench.consumer().drain());
    assertEquals(0, bench.consumer().lostItems);
  }

  /** Reliability test 8: all fsyncs fail for a while. */
  @Test
  void whenNothingCanBeForcedItSaysNoAndRecoversByItself() {
    bench.open("a").write("one");
    bench.disk.fail(EIO, (operation, path) -> operation == DiskOperation.FORCE);
    bench.append("two", 2);
    bench.append("three", 3);
    assertTrue(bench.journal.doWork());
    assertEquals(List.of("one"), bench.acked);
    assertEquals(List.of("two", "three"), bench.failed);
    assertFalse(bench.journal.hasRoom(1));
    JournalStatus status = bench.journal.status();
    assertFalse(status.healthy());
    assertTrue(status.reason().contains(EIO), status.reason());
    bench.turn(Duration.ofSeconds(1));
    assertFalse(bench.journal.hasRoom(1), "it was tried, and failed");
    bench.disk.works();
    bench.turn(Duration.ofSeconds(1));
    assertTrue(bench.journal.hasRoom(1));
    assertTrue(bench.journal.status().healthy());
    bench.write("four");
    assertEquals(List.of("one", "four"), bench.consumer().drain());
    bench.disk.restartAfterPowerLoss();
    bench.open("a");
    assertEquals(List.of("one", "four"), bench.consumer().drain());
  }

  /** Reliability test 8: the refused request is whole in a file that could not even be cut. */
  @Test
  void whatWasRefusedDoesNotTakeThePlaceOfWhatCameAfterIt() {
    bench.open("a").write("one");
    bench.disk.fail(
        EIO,
        (operation, path) ->
            operation == DiskOperation.FORCE || operation == DiskOperation.TRUNCATE);
    bench.write("refused");
    bench.disk.works();
    bench.turn(Duration.ofSeconds(1));
    bench.write("two");
    assertEquals(List.of("one", "two"), bench.acked);
    bench.disk.restartAfterKill();
    assertEquals(List.of("one", "two"), bench.open("a").consumer().drain());
    bench.disk.restartAfterKill();
    byte[] bytes = bench.disk.bytes(JournalBench.segment(0));
    bytes[SegmentHeader.BYTES + RecordHeader.BYTES]++;
    bench.disk.put(JournalBench.segment(0), bytes);
    assertEquals(List.of("two"), bench.open("a").consumer().drain(), "one is damaged");
    assertEquals(1, bench.consumer().lostItems);
  }

  /** Reliability test 9: the disk is full when a request is written. */
  @Test
  void onAFullDiskItRefusesDrainsAndRecoversWithoutATornTail() {
    for (boolean fsync : new boolean[] {true, false}) {
      JournalBench full = new JournalBench(9);
      full.settings = JournalBench.settings(fsync);
      full.disk.capacityBytes = 100_000;
      full.open("a");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        texts.add(JournalBench.sized("request " + i, 20_000));
      }
      full.write(texts.toArray(String[]::new));
      int acked = full.acked.size();
      assertTrue(acked >= 3 && acked <= 4, "acknowledged " + acked);
      assertEquals(texts.subList(0, acked), full.acked);
      assertEquals(texts.subList(acked, 12), full.failed);
      assertFalse(full.journal.hasRoom(20_000));
      assertEquals(full.acked, full.consumer().drain());
      full.disk.capacityBytes = 1_000_000;
      full.turn(Duration.ofSeconds(1));
      assertTrue(full.journal.hasRoom(20_000));
      full.write("after");
      full.disk.restartAfterKill();
      full.open("a");
      assertEquals(0, full.journal.status().truncatedBytes());
      assertEquals(List.of("after"), lastOf(full.consumer().drain()));
      assertEquals(0, full.consumer().lostItems);
    }
  }

  private static List<String> lastOf(List<String> texts) {
    return texts.subList(texts.size() - 1, texts.size());
  }

  /** Reliability test 9: no room, or an error, when a cursor is written, forced or renamed. */
  @Test
  void whenACursorCannotBeSavedNothingIsDeletedUntilItCan() {
    for (DiskOperation broken :
        List.of(
            DiskOperation.CREATE,
            DiskOperation.WRITE,
            DiskOperation.FORCE,
            DiskOperation.RENAME,
            DiskOperation.FORCE_FOLDER)) {
      JournalBench broke = new JournalBench(9).open("a");
      for (int i = 0; i < 20; i++) {
        broke.write(JournalBench.sized("request " + i, 9_000));
      }
      assertEquals(3, broke.disk.files(".seg").size());
      broke.consumer().drain();
      broke.disk.fail(
          "No space left on device",
          (operation, path) ->
              operation == broken
                  && (path.toString().contains(".cursor") || path.equals(JournalBench.FOLDER)));
      broke.upkeep();
      assertEquals(1, broke.journal.status().cursorFailures(), broken.name());
      assertEquals(3, broke.disk.files(".seg").size(), broken.name());
      broke.write("goes on");
      assertEquals("goes on", broke.acked.getLast());
      broke.disk.works();
      broke.upkeep();
      assertEquals(1, broke.disk.files(".seg").size(), broken.name());
      broke.disk.restartAfterPowerLoss();
      assertEquals(List.of("goes on"), broke.open("a").consumer().drain());
    }
  }

  /** Reliability test 9: not even room for a new cursor file, while there is much to delete. */
  @Test
  void onADiskThatIsFullToTheLastByteWhatIsDeliveredIsDeleted() {
    bench.open("a");
    for (int i = 0; i < 20; i++) {
      bench.write(JournalBench.sized("request " + i, 9_000));
    }
    bench.consumer().deliver(1);
    bench.upkeep();
    bench.consumer().drain();
    bench.disk.capacityBytes = 0;
    bench.upkeep();
    assertEquals(1, bench.disk.files(".seg").size());
    bench.disk.restartAfterPowerLoss();
    assertEquals(List.of(), bench.open("a").consumer().drain());
  }

  /** Reliability test 9: no inode, or an error, when the next segment is made. */
  @Test
  void whenTheNextSegmentCannotBeMadeItRefusesAndTriesAgain() {
    for (DiskOperation broken :
        List.of(
            DiskOperation.CREATE,
            DiskOperation.RENAME,
            DiskOperation.FORCE_FOLDER,
            DiskOperation.WRITE)) {
      JournalBench broke = new JournalBench(9).open("a");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        texts.add(JournalBench.sized("request " + i, 9_000));
      }
      broke.write(texts.subList(0, 7).toArray(String[]::new));
      broke.disk.fail(EIO, (operation, path) -> operation == broken);
      broke.write(texts.get(7));
      assertEquals(texts.subList(7, 8), broke.failed, broken.name());
      assertFalse(broke.journal.hasRoom(1));
      broke.disk.works();
      broke.turn(Duration.ofSeconds(1));
      broke.write(texts.get(8), texts.get(9));
      texts.remove(7);
      assertEquals(texts, broke.acked, broken.name());
      broke.disk.restartAfterPowerLoss();
      assertEquals(texts, broke.open("a").consumer().drain(), broken.name());
    }
  }

  @Test
  void aSegmentThatCannotBeForcedWhenItIsEndedIsSaidInModeWal() {
    bench.settings = JournalBench.settings(false);
    bench.open("a");
    for (int i = 0; i < 7; i++) {
      bench.write(JournalBench.sized("request " + i, 9_000));
    }
    failOnce(DiskOperation.FORCE);
    bench.write(JournalBench.sized("request 7", 9_000));
    assertEquals(8, bench.acked.size());
    assertEquals(1, bench.journal.status().sealFailures());
    assertEquals(8, bench.consumer().drain().size());
  }

  @Test
  void aReadThatFailsOnceIsTriedAgain() {
    bench.open("a").write("one", "two");
    failOnce(DiskOperation.READ);
    assertEquals(List.of("one", "two"), bench.consumer().drain());
    assertEquals(0, bench.consumer().lostItems);
  }

  @Test
  void whatTheDiskCannotReadIsCountedAndStepsAreTakenOverIt() {
    bench.open("a");
    for (int i = 0; i < 14; i++) {
      bench.write(JournalBench.sized("request " + i, 9_000));
    }
    var first = bench.disk.files(".seg").getFirst();
    bench.disk.fail(
        EIO, (operation, path) -> operation == DiskOperation.READ && path.equals(first));
    assertEquals(7, bench.consumer().drain().size());
    assertEquals(7, bench.consumer().lostItems);
  }

  @Test
  void startsOnADiskThatCannotForceWhatItFinds() {
    bench.open("a").write("one");
    bench.disk.restartAfterKill();
    bench.disk.fail(EIO, (operation, path) -> operation == DiskOperation.FORCE);
    assertEquals(List.of("one"), bench.open("a").consumer().drain());
  }
}
