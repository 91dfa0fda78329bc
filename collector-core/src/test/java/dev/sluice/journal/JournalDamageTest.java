package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalBench.Consumer;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is done about files that are not as they were written. */
class JournalDamageTest {
  private static final int PAGE_BYTES = 4096;
  private static final Path FIRST = segment(0);

  private final JournalBench bench = new JournalBench(1);

  private static Path segment(long base) {
    return JournalBench.FOLDER.resolve(FileNames.segment(base));
  }

  /** Requests 0 to {@code count - 1}; number n has n + 1 items and {@code payloadBytes}. */
  private List<String> write(int from, int count, int payloadBytes) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      String text = JournalBench.sized("request " + i, payloadBytes);
      texts.add(text);
      bench.append(text, i + 1);
      var _ = bench.journal.doWork();
    }
    return texts;
  }

  private static List<String> without(List<String> texts, int... lost) {
    List<String> left = new ArrayList<>(texts);
    for (int i = lost.length - 1; i >= 0; i--) {
      left.remove(lost[i]);
    }
    return left;
  }

  private static List<String> numbers(List<String> texts) {
    return texts.stream().map(text -> text.substring(8, 10)).toList();
  }

  /** A new disk with the files of this one. */
  private JournalBench copy() {
    JournalBench copy = new JournalBench(2);
    bench.disk.files("").forEach(file -> copy.disk.put(file, bench.disk.bytes(file)));
    return copy;
  }

  /** Reliability test 3. */
  @Test
  void cutAnywhereInTheLastTwoRecordsItDeliversAllWholeOnes() {
    bench.open("a");
    List<String> texts = write(0, 8, 44);
    byte[] whole = bench.disk.bytes(FIRST);
    int recordBytes = (int) RecordHeader.recordBytes(44);
    for (int cut = 0; cut <= 2 * recordBytes; cut++) {
      JournalBench cutBench = copy();
      cutBench.disk.put(FIRST, Arrays.copyOf(whole, whole.length - cut));
      cutBench.open("a").write("after");
      int lost = (cut + recordBytes - 1) / recordBytes;
      List<String> expected = new ArrayList<>(texts.subList(0, texts.size() - lost));
      expected.add("after");
      assertEquals(expected, cutBench.consumer().drain(), "cut by " + cut);
      long torn = (recordBytes - cut % recordBytes) % recordBytes;
      assertEquals(torn, cutBench.journal.status().truncatedBytes());
      cutBench.close();
      cutBench.open("a").write("again");
      assertEquals(List.of("again"), cutBench.consumer().drain());
      assertEquals(0, cutBench.journal.status().truncatedBytes());
    }
  }

  /** Reliability test 4, in the last segment, which is read through at the start. */
  @Test
  void eachFlippedBitCostsOneRecordOfTheLastSegment() {
    bench.open("a");
    List<String> texts = write(0, 8, 24);
    flipEachBit(texts, 3, FIRST, true);
  }

  /** Reliability test 4, in a segment of which only the header is read at the start. */
  @Test
  void eachFlippedBitCostsOneRecordOfAnEarlierSegment() {
    bench.open("a");
    List<String> texts = write(0, 8, 24);
    bench.close();
    bench.open("a");
    texts.addAll(write(8, 2, 24));
    flipEachBit(texts, 3, FIRST, false);
  }

  private void flipEachBit(List<String> texts, int victim, Path segment, boolean atStart) {
    byte[] whole = bench.disk.bytes(segment);
    int recordBytes = (int) RecordHeader.recordBytes(24);
    int start = SegmentHeader.BYTES + victim * recordBytes;
    for (int bit = 0; bit < recordBytes * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[start + bit / 8] ^= (byte) (1 << (bit % 8));
      JournalBench damaged = copy();
      damaged.disk.put(segment, flipped);
      damaged.open("a");
      Consumer consumer = damaged.consumer();
      assertEquals(without(texts, victim), consumer.drain(), "bit " + bit);
      assertEquals(victim + 1, consumer.lostItems);
      assertEquals(victim + 1, damaged.journal.status().unreadableItems());
      assertEquals(atStart ? victim + 1 : 0, damaged.journal.status().lostItems());
    }
  }

  /** Reliability test 5: pages of zeros, of anything, and of another place. */
  @Test
  void aPageThatIsNotWhatWasWrittenCostsWhatWasInIt() {
    bench.open("a");
    List<String> texts = write(0, 60, 1000);
    byte[] whole = bench.disk.bytes(FIRST);
    byte[] garbage = new byte[PAGE_BYTES];
    new SplittableRandom(5).nextBytes(garbage);
    for (int page = 1; page < 14; page++) {
      expectPageLost(texts, whole, page, new byte[PAGE_BYTES]);
      expectPageLost(texts, whole, page, garbage);
      for (int other : new int[] {0, page - 1, page + 1, 13}) {
        int at = other * PAGE_BYTES;
        if (other != page) {
          expectPageLost(texts, whole, page, Arrays.copyOfRange(whole, at, at + PAGE_BYTES));
        }
      }
    }
  }

  /** Reliability test 5: a page of a file that had this name, and these requests, before. */
  @Test
  void aPageOfAnOlderFileOfTheSameNameIsNotTakenForThisOne() {
    bench.open("a");
    List<String> texts = write(0, 60, 1000);
    byte[] whole = bench.disk.bytes(FIRST);
    JournalBench older = new JournalBench(3).open("a");
    texts.forEach(text -> older.append(text, texts.indexOf(text) + 1));
    assertTrue(older.journal.doWork());
    byte[] old = older.disk.bytes(FIRST);
    int at = 5 * PAGE_BYTES;
    expectPageLost(texts, whole, 5, Arrays.copyOfRange(old, at, at + PAGE_BYTES));
  }

  private void expectPageLost(List<String> texts, byte[] whole, int page, byte[] content) {
    byte[] bytes = whole.clone();
    System.arraycopy(content, 0, bytes, page * PAGE_BYTES, PAGE_BYTES);
    JournalBench damaged = copy();
    damaged.disk.put(FIRST, bytes);
    damaged.open("a");
    int recordBytes = (int) RecordHeader.recordBytes(1000);
    int[] lost =
        IntStream.range(0, 60).filter(i -> differs(whole, bytes, i, recordBytes)).toArray();
    long items = Arrays.stream(lost).map(i -> i + 1).sum();
    Consumer consumer = damaged.consumer();
    assertEquals(numbers(without(texts, lost)), numbers(consumer.drain()), "page " + page);
    assertTrue(lost.length >= 4, "records in the page");
    assertEquals(items, consumer.lostItems);
    assertEquals(items, damaged.journal.status().lostItems());
    damaged.upkeep();
    assertEquals(1, damaged.disk.files(".corrupt").size(), "kept for a person");
    assertEquals(0, damaged.disk.files(".seg").size());
  }

  private static boolean differs(byte[] one, byte[] other, int record, int recordBytes) {
    int from = SegmentHeader.BYTES + record * recordBytes;
    return !Arrays.equals(one, from, from + recordBytes, other, from, from + recordBytes);
  }

  /** Reliability test 5: a segment of another journal under the name of one of this. */
  @Test
  void aSegmentOfAnotherJournalIsSetAside() {
    bench.open("a");
    final List<String> texts = write(0, 20, 9_000);
    JournalBench other = new JournalBench(3).open("a");
    for (int i = 0; i < 20; i++) {
      other.append(JournalBench.sized("stranger " + i, 9_000), 1);
      assertTrue(other.journal.doWork());
    }
    bench.close();
    Path second = bench.disk.files(".seg").get(1);
    assertEquals(second, other.disk.files(".seg").get(1));
    bench.disk.put(second, other.disk.bytes(second));
    bench.open("a");
    assertEquals(without(texts, 7, 8, 9, 10, 11, 12, 13), bench.consumer().drain());
    assertEquals(8 + 9 + 10 + 11 + 12 + 13 + 14, bench.consumer().lostItems);
    assertEquals(77, bench.journal.status().lostItems());
    assertEquals(1, bench.disk.files(".corrupt").size());
  }

  /** Reliability test 6. */
  @Test
  void aMissingSegmentCostsWhatWasInItAndIsCountedOnce() {
    bench.open("a", "b");
    List<String> texts = write(0, 40, 9_000);
    bench.consumers.get(1).drain();
    bench.close();
    bench.disk.remove(segment(14));
    bench.disk.remove(segment(21));
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
    List<String> texts = write(0, 40, 9_000);
    bench.disk.remove(segment(0));
    bench.disk.remove(segment(14));
    texts.subList(14, 21).clear();
    texts.subList(0, 7).clear();
    assertEquals(texts, bench.consumer().drain());
    assertEquals(28 + 15 + 16 + 17 + 18 + 19 + 20 + 21, bench.consumer().lostItems);
  }

  /** Reliability test 6. */
  @Test
  void withoutItsCursorAnExporterBeginsAtTheOldest() {
    bench.open("a", "b");
    List<String> texts = write(0, 5, 100);
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
    List<String> texts = write(0, 20, 9_000);
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
    List<String> texts = write(0, 5, 100);
    bench.consumer().deliver(3);
    bench.close();
    Path cursor = JournalBench.FOLDER.resolve("a.cursor");
    byte[] whole = bench.disk.bytes(cursor);
    int length = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int i = 0; i < length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 1;
      JournalBench damaged = copy();
      damaged.disk.put(cursor, bytes);
      assertEquals(texts, damaged.open("a").consumer().drain(), "byte " + i);
    }
    bench.disk.put(cursor, new byte[0]);
    assertEquals(texts, bench.open("a").consumer().drain());
  }

  @Test
  void anUnreadableHeaderCostsItsSegmentOnly() {
    bench.open("a");
    List<String> texts = write(0, 20, 9_000);
    bench.close();
    byte[] whole = bench.disk.bytes(segment(7));
    for (int i = 0; i < SegmentHeader.BYTES; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 0x10;
      JournalBench damaged = copy();
      damaged.disk.put(segment(7), bytes);
      damaged.open("a");
      assertEquals(without(texts, 7, 8, 9, 10, 11, 12, 13), damaged.consumer().drain(), "" + i);
      assertEquals(77, damaged.consumer().lostItems);
    }
  }

  @Test
  void emptySegmentsDoNoHarm() {
    bench.open("a");
    List<String> texts = write(0, 3, 100);
    bench.close();
    bench.disk.put(segment(3), new byte[0]);
    bench.disk.put(segment(4), new byte[SegmentHeader.BYTES]);
    bench.open("a").write("after");
    texts.add("after");
    assertEquals(texts, bench.consumer().drain());
    assertEquals(0, bench.consumer().lostItems);
  }

  @Test
  void aCursorAheadOfAJournalThatLostItsEndIsNotOvertaken() {
    bench.open("a", "b");
    List<String> texts = write(0, 10, 44);
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
    write(0, 3, 100);
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
