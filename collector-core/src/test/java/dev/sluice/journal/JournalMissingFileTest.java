package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is done about files that are missing, or not this program's. */
class JournalMissingFileTest {
  private static final Path FIRST = JournalBench.segment(0);

  private final JournalBench bench = new JournalBench(1);

  /** Reliability test 6. */
  @Test
  void aMissingSegmentCostsWhatWasInItAndIsCountedOnce() {
    bench.open("a", "b");
    List<String> texts = bench.write(0, 40, 9_000);
    bench.consumers.get(1).drain();
    bench.close();
    bench.disk.remove(JournalBench.segment(14));
    bench.disk.remove(JournalBench.segment(21));
    bench.open("a", "b");
    long items = LongStream.range(14, 28).map(i -> i + 1).sum();
    assertEquals(items, bench.journal.status().lostItems());
    texts.subList(14, 28).clear();
    assertEquals(texts, bench.consumers.get(0).drain());
    assertEquals(items, bench.consumers.get(0).lostItems);
    assertEquals(List.of(), bench.consumers.get(1).drain());
    bench.close();
    assertEquals(0, bench.open("a", "b").journal.status().lostItems());
  }

  /** Reliability test 6. */
  @Test
  void segmentsThatVanishWhileItRunsAreCounted() {
    bench.open("a");
    List<String> texts = bench.write(0, 40, 9_000);
    bench.disk.remove(JournalBench.segment(0));
    bench.disk.remove(JournalBench.segment(14));
    texts.subList(14, 21).clear();
    texts.subList(0, 7).clear();
    assertEquals(texts, bench.consumer().drain());
    assertEquals(28 + 15 + 16 + 17 + 18 + 19 + 20 + 21, bench.consumer().lostItems);
  }

  /** Reliability test 6. */
  @Test
  void withoutItsCursorAnExporterBeginsAtTheOldest() {
    bench.open("a", "b");
    List<String> texts = bench.write(0, 5, 100);
    bench.consumers.forEach(consumer -> consumer.deliver(3));
    bench.close();
    bench.disk.remove(JournalBench.FOLDER.resolve("a.cursor"));
    bench.open("a", "b");
    assertEquals(texts, bench.consumers.get(0).drain());
    assertEquals(texts.subList(3, 5), bench.consumers.get(1).drain());
    assertEquals(0, bench.journal.status().lostItems());
  }

  /** Reliability test 6. */
  @Test
  void withoutCursorsIdentityAndWithLeftoversItDeliversAll() {
    bench.open("a", "b");
    List<String> texts = bench.write(0, 20, 9_000);
    bench.close();
    bench.disk.files(".cursor").forEach(bench.disk::remove);
    bench.disk.remove(JournalBench.FOLDER.resolve(FileNames.IDENTITY));
    bench.disk.put(JournalBench.FOLDER.resolve("00000000000000000099.seg.tmp"), new byte[100]);
    bench.disk.put(JournalBench.FOLDER.resolve("a.cursor.tmp"), new byte[10]);
    bench.open("a", "b");
    assertEquals(texts, bench.consumers.get(0).drain());
    assertEquals(texts, bench.consumers.get(1).drain());
    assertEquals(List.of(), bench.disk.files(".tmp"));
  }

  @Test
  void aDamagedCursorIsAsGoodAsNone() {
    bench.open("a");
    List<String> texts = bench.write(0, 5, 100);
    bench.consumer().deliver(3);
    bench.close();
    Path cursor = JournalBench.FOLDER.resolve("a.cursor");
    byte[] whole = bench.disk.bytes(cursor);
    int length = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int i = 0; i < length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 1;
      JournalBench damaged = bench.copy();
      damaged.disk.put(cursor, bytes);
      assertEquals(texts, damaged.open("a").consumer().drain(), "byte " + i);
    }
    bench.disk.put(cursor, new byte[0]);
    assertEquals(texts, bench.open("a").consumer().drain());
  }

  @Test
  void anUnreadableHeaderCostsItsSegmentOnly() {
    bench.open("a");
    List<String> texts = bench.write(0, 20, 9_000);
    bench.close();
    byte[] whole = bench.disk.bytes(JournalBench.segment(7));
    for (int i = 0; i < SegmentHeader.BYTES; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 0x10;
      JournalBench damaged = bench.copy();
      damaged.disk.put(JournalBench.segment(7), bytes);
      damaged.open("a");
      assertEquals(
          JournalBench.without(texts, 7, 8, 9, 10, 11, 12, 13), damaged.consumer().drain(), "" + i);
      assertEquals(77, damaged.consumer().lostItems);
    }
  }

  @Test
  void emptySegmentsDoNoHarm() {
    bench.open("a");
    List<String> texts = bench.write(0, 3, 100);
    bench.close();
    bench.disk.put(JournalBench.segment(3), new byte[0]);
    bench.disk.put(JournalBench.segment(4), new byte[SegmentHeader.BYTES]);
    bench.open("a").write("after");
    texts.add("after");
    assertEquals(texts, bench.consumer().drain());
    assertEquals(0, bench.consumer().lostItems);
  }

  @Test
  void aCursorAheadOfAJournalThatLostItsEndIsNotOvertaken() {
    bench.open("a", "b");
    List<String> texts = bench.write(0, 10, 44);
    bench.consumers.get(0).drain();
    bench.close();
    byte[] whole = bench.disk.bytes(FIRST);
    int lost = 4 * (int) RecordHeader.recordBytes(44);
    bench.disk.put(FIRST, Arrays.copyOf(whole, whole.length - lost));
    bench.open("a", "b").write("after");
    assertEquals(7 + 8 + 9 + 10, bench.journal.status().lostItems());
    assertEquals(List.of("after"), bench.consumers.get(0).drain());
    assertEquals(0, bench.consumers.get(0).lostItems);
    texts.subList(6, 10).clear();
    texts.add("after");
    assertEquals(texts, bench.consumers.get(1).drain());
    assertEquals(7 + 8 + 9 + 10, bench.consumers.get(1).lostItems);
  }

  /** Reliability test 13. */
  @Test
  void aNewerFormatIsRefusedWithAMessageAndLeftAlone() {
    bench.open("a");
    bench.write(0, 3, 100);
    bench.close();
    byte[] bytes = bench.disk.bytes(FIRST);
    ByteBuffer header = ByteBuffer.wrap(bytes).putInt(12, SegmentHeader.FORMAT + 1);
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, 8));
    crc.update(header.slice(12, SegmentHeader.BYTES - 12));
    header.putInt(8, (int) crc.getValue());
    bench.disk.put(FIRST, bytes);
    var refused = assertThrows(UncheckedIOException.class, () -> bench.open("a"));
    String message = refused.getCause().getMessage();
    assertTrue(message.contains(FIRST.toString()) && message.contains("format 2"), message);
    assertEquals(List.of(FIRST), bench.disk.files(".seg"));
    assertTrue(Arrays.equals(bytes, bench.disk.bytes(FIRST)));
  }
}
