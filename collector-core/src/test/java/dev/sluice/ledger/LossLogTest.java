package dev.sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LossRecord.Kind;
import dev.sluice.otlp.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The losses on disk: over restarts, within their bounds, and when the files are damaged. */
class LossLogTest {
  private static final long START = 1_000_000_000_000_000_000L;
  private static final long MEMORY = 1 << 20;

  @TempDir private Path folder;

  @Test
  void lossesAreThereAfterARestartAndRefusalsAreNot() throws IOException {
    LossLog first = open(1 << 20, START);
    first.add(loss(START + 1, "one", Kind.DEAD_LETTERED), 10);
    first.add(loss(START + 2, "two", Kind.REFUSED), 10);
    assertEquals(1, find(first, "two").found().size());
    // not closed: it was killed
    LossLog second = open(1 << 20, START + 100);
    second.add(loss(START + 101, "three", Kind.DROPPED), 10);
    LossRecord found = find(second, "one").found().getFirst();
    assertEquals(START + 1, found.epochNanos());
    assertEquals("otlp_grpc/tempo", found.exporter());
    assertEquals("a \"quoted\" reason\n", found.reason());
    assertEquals("letter.pb", found.file());
    assertEquals(1, find(second, "three").found().size());
    assertEquals(0, find(second, "two").found().size());
    assertEquals(START, find(second, "one").losses().sinceNanos());
    assertEquals(START + 100, find(second, "one").refusals().sinceNanos());
    first.close();
    second.close();
  }

  @Test
  void staysWithinItsBytesAndSaysSinceWhenItIsComplete() throws IOException {
    long bytesMax = 64 << 10;
    LossLog log = open(bytesMax, START);
    for (int i = 1; i <= 2_000; i++) {
      log.add(loss(START + i, "line-" + i + ".", Kind.DROPPED), 10);
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertTrue(bytes <= bytesMax, "takes " + bytes);
    assertTrue(bytes > bytesMax / 2, "takes only " + bytes);
    long since = find(log, "line-1.").losses().sinceNanos();
    assertTrue(since > START);
    for (long at = since; at <= START + 2_000; at++) {
      assertEquals(1, find(log, "line-" + (at - START) + ".").found().size(), "at " + at);
    }
    log.close();
  }

  @Test
  void damagedLinesArePassedOverAndSaid() throws IOException {
    LossLog first = open(1 << 20, START);
    first.add(loss(START + 1, "one", Kind.DROPPED), 10);
    first.add(loss(START + 2, "two", Kind.DROPPED), 10);
    first.close();
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    String text = Files.readString(file);
    int secondLoss = text.indexOf("{\"at\":" + (START + 2));
    byte[] torn = text.substring(0, text.length() - 20).getBytes(UTF_8);
    torn[text.indexOf("DROPPED")] = (byte) 0xff;
    Files.write(file, torn);
    assertTrue(secondLoss > 0);
    LossLog second = open(1 << 20, START + 100);
    second.add(loss(START + 101, "three", Kind.DROPPED), 10);
    LossLog.Found found = find(second, "three");
    assertEquals(1, found.found().size());
    assertEquals(2, found.losses().damagedLines());
    assertFalse(found.losses().isWhole());
    second.close();
  }

  @Test
  void garbageInTheFolderHarmsNothing() throws IOException {
    Files.write(folder.resolve("losses-00000007.jsonl"), new byte[] {0, 1, (byte) 0xff, '\n', 5});
    Files.createFile(folder.resolve("losses-.jsonl"));
    Files.createDirectory(folder.resolve("losses-00000003.jsonl"));
    LossLog log = open(1 << 20, START);
    log.add(loss(START + 1, "one", Kind.DROPPED), 10);
    LossLog.Found found = find(log, "one");
    assertEquals(1, found.found().size());
    assertEquals(2, found.losses().damagedLines());
    assertEquals(1, found.losses().unreadable().size());
    log.close();
  }

  @Test
  void withoutAFolderLossesAreKeptInMemoryTheNewestFirst() {
    LossLog log = new LossLog(null, 64 << 10, START);
    for (int i = 1; i <= 2_000; i++) {
      log.add(loss(START + i, "line-" + i + ".", Kind.DROPPED), 10);
    }
    assertEquals(0, find(log, "line-1.").found().size());
    assertEquals(1, find(log, "line-2000.").found().size());
    assertTrue(find(log, "line-1.").losses().sinceNanos() > START);
  }

  @Test
  void aDiskThatFailsLeavesThemInMemory() throws IOException {
    LossLog log = open(1 << 20, START);
    log.add(loss(START + 1, "one", Kind.DROPPED), 10);
    log.close();
    Path gone = folder.resolve("gone");
    LossFiles files = LossFiles.open(gone, 1 << 20, START);
    Files.delete(gone);
    LossLog failing = new LossLog(files, MEMORY, START);
    failing.add(loss(START + 2, "two", Kind.DROPPED), 10);
    assertEquals(1, find(failing, "two").found().size());
    failing.close();
  }

  @Test
  void whatHadNoNameIsCounted() throws IOException {
    LossLog log = open(1 << 20, START);
    log.add(loss(START + 1, "x", Kind.DROPPED).unnamed(7, "too many"), 0);
    log.add(loss(START + 1, "x", Kind.REFUSED).unnamed(9, "too many"), 0);
    LossLog.Found found = find(log, "anything");
    assertEquals(7, found.losses().unnamedItems());
    assertEquals(9, found.refusals().unnamedItems());
    log.close();
  }

  @Test
  void linesOfANewerVersionAreRead() throws IOException {
    String line =
        LossLine.write(loss(START, "one", Kind.DROPPED)).replaceFirst("\\{", "{\"new\":1,");
    Files.writeString(folder.resolve("losses-00000001.jsonl"), line, StandardOpenOption.CREATE_NEW);
    LossLog log = open(1 << 20, START + 100);
    assertEquals(1, find(log, "one").found().size());
    log.close();
  }

  private LossLog open(long bytesMax, long now) throws IOException {
    return new LossLog(LossFiles.open(folder, bytesMax, now), MEMORY, now);
  }

  private static LossLog.Found find(LossLog log, String text) {
    return log.find(Question.log(text));
  }

  private static LossRecord loss(long at, String body, Kind kind) {
    return new LossRecord(
        at,
        kind,
        Signal.LOGS,
        kind == Kind.REFUSED ? "otlp" : "",
        "logs",
        "otlp_grpc/tempo",
        "rule",
        "a \"quoted\" reason\n",
        kind == Kind.DEAD_LETTERED ? "letter.pb" : "",
        1,
        1,
        List.of(new Subject("00000000000000ff", body)));
  }
}
