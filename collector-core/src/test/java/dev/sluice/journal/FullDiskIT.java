package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.pipeline.Retention.Overflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal on a file system of 4 MiB that is really full, and on one that is really read-only.
 * Needs the right to mount; says so, and is skipped, without it.
 */
class FullDiskIT {
  private static final int REQUEST_BYTES = 50_000;

  @TempDir Path folder;
  private final JournalBench texts = new JournalBench(1);
  private boolean mounted;

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "none", folder.toString());
    if (!mounted) {
      System.err.println("FullDiskIT DID NOT RUN: it needs root, to mount a tmpfs of 4 MiB");
    }
    assumeTrue(mounted, "cannot mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertTrue(run("umount", "--lazy", folder.toString()));
    }
  }

  private SegmentedJournal open() throws IOException {
    JournalSettings settings =
        new JournalSettings(
            folder.resolve("logs"), true, 0, 0, Duration.ZERO, Overflow.REFUSE, 1 << 20, 16 << 20);
    return SegmentedJournal.open(
        settings, "logs", new RealDisk(), texts.clock, (role, body) -> new Thread(body, role));
  }

  /** Reliability test 9, with the file system's own ENOSPC. */
  @Test
  void refusesDrainsAndRecoversOnAFullFileSystem() throws Exception {
    texts.journal = open();
    texts.consumers.add(texts.new Consumer("a"));
    Path ballast = Files.write(folder.resolve("ballast"), new byte[1 << 20]);
    for (int i = 0; i < 100; i++) {
      texts.append(JournalBench.sized("request " + i, REQUEST_BYTES), 1);
      assertTrue(texts.journal.doWork());
    }
    int acked = texts.acked.size();
    assertTrue(acked > 40 && acked < 63, "acknowledged " + acked);
    assertEquals(100 - acked, texts.failed.size());
    assertFalse(texts.journal.hasRoom(REQUEST_BYTES));
    assertEquals(texts.acked, texts.consumer().drain());
    Files.delete(ballast);
    texts.turn(Duration.ofSeconds(1));
    texts.turn(Duration.ofSeconds(1));
    assertTrue(texts.journal.hasRoom(REQUEST_BYTES), texts.journal.status().toString());
    texts.write("after");
    assertEquals("after", texts.acked.getLast());
    texts.close();
    List<String> delivered = new ArrayList<>(texts.consumer().drain());
    assertEquals(texts.acked, delivered);
    texts.consumer().reader.close();
    texts.journal = open();
    texts.consumers.set(0, texts.new Consumer("a"));
    assertEquals(List.of("after"), texts.consumer().drain());
    assertEquals(0, texts.journal.status().truncatedBytes());
    texts.consumer().reader.close();
    texts.close();
  }

  /** Reliability test 11, on a read-only file system. */
  @Test
  void aReadOnlyFileSystemIsRefusedAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    assertTrue(run("mount", "-o", "remount,ro", folder.toString()));
    IOException refused = assertThrows(IOException.class, this::open);
    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("make it writable"), refused.getMessage());
  }
}
