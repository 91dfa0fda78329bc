package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.SegmentFile;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFolderTest {
  private static final Disk DISK = new RealDisk();

  @TempDir private Path root;
  private Path folder;
  private final JournalBench bench = new JournalBench(1);

  /** What was seen, in words. */
  private static final class Seen implements Visitor {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Damage> damage = new ArrayList<>();
    private long unfinishedBytes;

    @Override
    public boolean request(Entry entry, String file, long offset, long recordBytes) {
      entries.add(entry);
      return true;
    }

    @Override
    public void damage(Damage found) {
      damage.add(found);
    }

    @Override
    public void unfinished(String file, long offset, long bytes) {
      unfinishedBytes += bytes;
    }

    List<Long> sequences() {
      return entries.stream().map(entry -> entry.place().sequence()).toList();
    }
  }

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
    folder = Files.createDirectory(root.resolve(JournalFolder.encode("logs/app")));
    for (Path file : bench.disk.files("")) {
      Files.write(folder.resolve(String.valueOf(file.getFileName())), bench.disk.bytes(file));
    }
  }

  private JournalFolder open() throws IOException {
    return JournalFolder.open(folder, DISK);
  }

  private Seen readAll() throws IOException {
    JournalFolder opened = open();
    Seen seen = new Seen();
    seen.damage.addAll(opened.damage());
    opened.read(opened.all(), seen);
    return seen;
  }

  private Path segment(int index) throws IOException {
    return folder.resolve(open().segments().get(index).name());
  }

  @Test
  void isThereWhereAJournalIs() {
    assertTrue(JournalFolder.isThere(folder, DISK));
    assertFalse(JournalFolder.isThere(root, DISK));
    assertFalse(JournalFolder.isThere(root.resolve("nowhere"), DISK));
  }

  @Test
  void listsSegmentsAndWhatIsNotDelivered() throws IOException {
    List<SegmentFile> segments = open().segments();
    assertEquals(3, segments.size());
    assertEquals(new Place(7, 28), segments.get(1).base());
    Place head = new Place(20, 210);
    assertEquals(head, open().head());
    assertEquals(List.of(), open().damage());
    var undelivered = open().undelivered();
    assertEquals(List.of(new Range(new Place(2, 3), head)), undelivered.get("a").ranges());
    assertEquals(210, undelivered.get("otlp/b").items());
    assertEquals(0, undelivered.get("a").lostItems());
  }

  @Test
  void readsAllRequestsAndFindsNothingWrong() throws IOException {
    Seen seen = readAll();
    assertEquals(20, seen.entries.size());
    assertEquals(JournalBench.sized("request 13", 9_000), JournalBench.text(seen.entries.get(13)));
    assertEquals(List.of(), seen.damage);
    assertEquals(0, seen.unfinishedBytes);
  }

  @Test
  void readsOnlyTheRangesThatAreAskedFor() throws IOException {
    Seen seen = new Seen();
    open()
        .read(
            List.of(
                new Range(new Place(1, 0), new Place(3, 0)),
                new Range(new Place(6, 0), new Place(8, 0)),
                new Range(new Place(19, 0), new Place(20, 0))),
            seen);
    assertEquals(List.of(1L, 2L, 6L, 7L, 19L), seen.sequences());
  }

  @Test
  void aDamagedRequestIsNamedWithItsBytesAndItems() throws IOException {
    byte[] bytes = Files.readAllBytes(segment(1));
    bytes[20_000]++;
    Files.write(segment(1), bytes);
    Seen seen = readAll();
    assertEquals(19, seen.entries.size());
    Damage damage = seen.damage.getFirst();
    assertEquals(1, seen.damage.size());
    assertEquals(new Range(new Place(9, 45), new Place(10, 55)), damage.lost());
    assertTrue(damage.offset() <= 20_000 && 20_000 < damage.offset() + damage.bytes());
    assertEquals(RecordHeader.recordBytes(9_000), damage.bytes());
  }

  @Test
  void zeroedPagesAreOneDamageWithAllThatTheyCost() throws IOException {
    byte[] bytes = Files.readAllBytes(segment(1));
    Arrays.fill(bytes, 8_192, 24_576, (byte) 0);
    Files.write(segment(1), bytes);
    Seen seen = readAll();
    long lost = seen.damage.stream().mapToLong(damage -> damage.lost().items()).sum();
    assertEquals(210, lost + seen.entries.stream().mapToLong(e -> e.telemetry().items()).sum());
    assertEquals(new Place(7, 28), seen.damage.getFirst().lost().from());
    assertEquals(new Place(10, 55), seen.damage.getLast().lost().to());
  }

  @Test
  void aMissingSegmentIsCountedExactly() throws IOException {
    String third = open().segments().get(2).name();
    Files.delete(segment(1));
    Seen seen = readAll();
    assertEquals(1, seen.damage.size());
    assertEquals(new Range(new Place(7, 28), new Place(14, 105)), seen.damage.getFirst().lost());
    assertTrue(seen.damage.getFirst().what().contains(third), seen.damage::toString);
  }

  @Test
  void aDamagedHeaderCostsItsSegment() throws IOException {
    byte[] bytes = Files.readAllBytes(segment(1));
    bytes[20]++;
    Files.write(segment(1), bytes);
    Seen seen = readAll();
    assertEquals(13, seen.entries.size());
    assertEquals(2, seen.damage.size());
    assertEquals(77, seen.damage.getLast().lost().items());
  }

  @Test
  void aRecordThatIsNotWrittenToItsEndIsNoDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(segment(2));
    for (int cut : new int[] {1, 9_000, 9_010, 9_040}) {
      Files.write(segment(2), Arrays.copyOf(bytes, bytes.length - cut));
      Seen seen = readAll();
      assertEquals(19, seen.entries.size());
      assertEquals(List.of(), seen.damage);
      assertEquals(RecordHeader.recordBytes(9_000) - cut, seen.unfinishedBytes);
    }
  }

  @Test
  void anEndThatExportersHaveSeenAlreadyIsMissed() throws IOException {
    bench.consumer().deliver(18);
    bench.upkeep();
    Path cursor = bench.disk.files("a.cursor").getFirst();
    Files.write(folder.resolve("a.cursor"), bench.disk.bytes(cursor));
    Files.delete(segment(2));
    assertEquals(
        List.of(new Range(new Place(14, 105), new Place(20, 210))),
        open().damage().stream().map(Damage::lost).toList());
  }

  @Test
  void aDamagedCursorAndAFileOfAnotherJournalAreTold() throws IOException {
    Files.writeString(folder.resolve("a.cursor"), "nonsense");
    Files.writeString(folder.resolve("x.seg.corrupt"), "kept");
    byte[] stranger = Files.readAllBytes(segment(0));
    JournalBench other = new JournalBench(2);
    other.open("a").write("one");
    Files.write(segment(2), other.disk.bytes(other.disk.files(".seg").getFirst()));
    assertTrue(stranger.length > 0);
    JournalFolder opened = open();
    assertEquals(2, opened.damage().size());
    assertEquals(List.of("x.seg.corrupt"), opened.keptFiles());
  }
}
