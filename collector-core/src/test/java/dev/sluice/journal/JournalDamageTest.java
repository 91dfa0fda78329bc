package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalBench.Consumer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is done about files that are not as they were written. */
class JournalDamageTest {
  private static final int PAGE_BYTES = 4096;
  private static final Path FIRST = JournalBench.segment(0);

  private final JournalBench bench = new JournalBench(1);

  private static List<String> numbers(List<String> texts) {
    return texts.stream().map(text -> text.substring(8, 10)).toList();
  }

  /** Reliability test 3. */
  @Test
  void cutAnywhereInTheLastTwoRecordsItDeliversAllWholeOnes() {
    bench.open("a");
    List<String> texts = bench.write(0, 8, 44);
    byte[] whole = bench.disk.bytes(FIRST);
    int recordBytes = (int) RecordHeader.recordBytes(44);
    for (int cut = 0; cut <= 2 * recordBytes; cut++) {
      JournalBench cutBench = bench.copy();
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
    List<String> texts = bench.write(0, 8, 24);
    flipEachBit(texts, 3, FIRST, true);
  }

  /** Reliability test 4, in a segment of which only the header is read at the start. */
  @Test
  void eachFlippedBitCostsOneRecordOfAnEarlierSegment() {
    bench.open("a");
    List<String> texts = bench.write(0, 8, 24);
    bench.close();
    bench.open("a");
    texts.addAll(bench.write(8, 2, 24));
    flipEachBit(texts, 3, FIRST, false);
  }

  private void flipEachBit(List<String> texts, int victim, Path segment, boolean atStart) {
    byte[] whole = bench.disk.bytes(segment);
    int recordBytes = (int) RecordHeader.recordBytes(24);
    int start = SegmentHeader.BYTES + victim * recordBytes;
    for (int bit = 0; bit < recordBytes * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[start + bit / 8] ^= (byte) (1 << (bit % 8));
      JournalBench damaged = bench.copy();
      damaged.disk.put(segment, flipped);
      damaged.open("a");
      Consumer consumer = damaged.consumer();
      assertEquals(JournalBench.without(texts, victim), consumer.drain(), "bit " + bit);
      assertEquals(victim + 1, consumer.lostItems);
      assertEquals(victim + 1, damaged.journal.status().unreadableItems());
      assertEquals(atStart ? victim + 1 : 0, damaged.journal.status().lostItems());
    }
  }

  /** Reliability test 5: pages of zeros, of anything, and of another place. */
  @Test
  void aPageThatIsNotWhatWasWrittenCostsWhatWasInIt() {
    bench.open("a");
    List<String> texts = bench.write(0, 60, 1000);
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
    List<String> texts = bench.write(0, 60, 1000);
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
    JournalBench damaged = bench.copy();
    damaged.disk.put(FIRST, bytes);
    damaged.open("a");
    int recordBytes = (int) RecordHeader.recordBytes(1000);
    int[] lost =
        IntStream.range(0, 60).filter(i -> differs(whole, bytes, i, recordBytes)).toArray();
    long items = Arrays.stream(lost).map(i -> i + 1).sum();
    Consumer consumer = damaged.consumer();
    assertEquals(
        numbers(JournalBench.without(texts, lost)), numbers(consumer.drain()), "page " + page);
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
    final List<String> texts = bench.write(0, 20, 9_000);
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
    assertEquals(JournalBench.without(texts, 7, 8, 9, 10, 11, 12, 13), bench.consumer().drain());
    assertEquals(8 + 9 + 10 + 11 + 12 + 13 + 14, bench.consumer().lostItems);
    assertEquals(77, bench.journal.status().lostItems());
    assertEquals(1, bench.disk.files(".corrupt").size());
  }
}
