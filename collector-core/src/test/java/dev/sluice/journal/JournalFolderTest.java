package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalFolder.SegmentFile;
import dev.sluice.journal.JournalFolder.Verified;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFolderTest {
  @TempDir Path root;
  private final JournalBench bench = new JournalBench(1);

  /** Twenty requests in three segments, of which exporter a has delivered two. */
  @BeforeEach
  void write() throws IOException {
    bench.open("a", "otlp/b");
    for (int i = 0; i < 20; i++) {
      bench.append(JournalBench.sized("request " + i, 9_000), i + 1);
      assertTrue(bench.journal.doWork());
    }
    bench.consumer().deliver(2);
    bench.upkeep();
    Path folder = Files.createDirectory(root.resolve(JournalFolder.encode("logs/app")));
    for (Path file : bench.disk.files("")) {
      Files.write(folder.resolve(String.valueOf(file.getFileName())), bench.disk.bytes(file));
    }
  }

  private JournalFolder folder() throws IOException {
    var journals = JournalFolder.below(root);
    assertEquals(List.of("logs/app"), List.copyOf(journals.keySet()));
    return journals.get("logs/app");
  }

  @Test
  void listsSegmentsAndCursors() throws IOException {
    List<SegmentFile> segments = folder().segments();
    assertEquals(3, segments.size());
    assertEquals(new Place(7, 28), segments.get(1).base());
    var cursors = folder().cursors();
    assertEquals(new Place(2, 3), cursors.get("a").end());
    assertEquals(new Place(0, 0), cursors.get("otlp/b").end());
  }

  @Test
  void readsAllRequestsAndFindsNothingWrong() throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<Verified> verified = folder().read(entries::add);
    assertEquals(20, entries.size());
    assertEquals(JournalBench.sized("request 13", 9_000), JournalBench.text(entries.get(13)));
    assertEquals(List.of(7L, 7L, 6L), verified.stream().map(Verified::records).toList());
    assertEquals(210, verified.stream().mapToLong(Verified::items).sum());
    assertTrue(verified.stream().allMatch(each -> each.damaged().isEmpty()));
  }

  @Test
  void tellsWhatIsDamaged() throws IOException {
    SegmentFile second = folder().segments().get(1);
    byte[] bytes = Files.readAllBytes(second.file());
    bytes[20_000]++;
    Files.write(second.file(), bytes);
    Verified verified = folder().verify(second, new Place(14, 105));
    assertEquals(List.of(new Range(new Place(9, 45), new Place(10, 55))), verified.damaged());
    assertEquals(6, verified.records());
    assertEquals(bytes.length, verified.goodBytes());
    bytes[0]++;
    Files.write(second.file(), bytes);
    assertEquals("its header is damaged", folder().segments().get(1).problem());
    assertEquals(2, folder().read(entry -> {}).size());
  }
}
