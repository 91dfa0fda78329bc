package dev.sluice.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a journal: how it begins, and how it ends. */
class DurableProcessTest {
  private static final String WAL = "fsync: false";

  @TempDir private Path folder;

  /** Reliability test 22, with the backend down: what was acknowledged stays on disk. */
  @Test
  void sigtermLeavesToTheDiskWhatCannotBeDelivered() throws Exception {
    List<Integer> ports = FreePorts.find(2);
    Path journal = folder.resolve("journal");
    try (SpanSink sink = new SpanSink()) {
      sink.down(true);
      BitSet acknowledged;
      try (DurableSluice sluice =
          DurableSluice.launch(folder, journal, ports, sink.port(), WAL).awaitReady()) {
        SpanLoad load = new SpanLoad(sluice.http(), 0).start(2);
        load.awaitAcknowledged(50);
        sluice.terminate();
        load.stop();
        acknowledged = load.acknowledged();
        assertTrue(sluice.logged().contains("stay on disk"), sluice::logged);
      }
      assertEquals(acknowledged.cardinality(), sink.missing(acknowledged));
      sink.down(false);
      try (DurableSluice sluice =
          DurableSluice.launch(folder, journal, ports, sink.port(), WAL).awaitReady()) {
        while (sink.missing(acknowledged) > 0) {
          Thread.onSpinWait();
        }
        sluice.terminate();
      }
    }
  }

  /** Reliability test 11: two processes on one folder. */
  @Test
  void refusesTheFolderOfAnother() throws Exception {
    Path journal = folder.resolve("journal");
    Path other = Files.createDirectory(folder.resolve("other"));
    try (SpanSink sink = new SpanSink();
        DurableSluice first =
            DurableSluice.launch(folder, journal, FreePorts.find(2), sink.port(), WAL)
                .awaitReady();
        DurableSluice second =
            DurableSluice.launch(other, journal, FreePorts.find(2), sink.port(), WAL)) {
      assertNotEquals(0, second.awaitExit());
      assertTrue(second.logged().contains("Sluice cannot start"), second::logged);
      assertTrue(second.logged().contains(journal.toString()), second::logged);
      assertTrue(first.isReady());
    }
  }

  /** Reliability test 11: a folder that cannot be had; also for root, whom no permission stops. */
  @Test
  void refusesAFolderThatCannotBeMade() throws Exception {
    Path journal = Files.writeString(folder.resolve("file"), "no folder").resolve("journal");
    try (DurableSluice sluice = DurableSluice.launch(folder, journal, FreePorts.find(2), 1, WAL)) {
      assertNotEquals(0, sluice.awaitExit());
      assertTrue(sluice.logged().contains("Sluice cannot start"), sluice::logged);
      assertTrue(sluice.logged().contains(journal.toString()), sluice::logged);
    }
  }
}
