package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Journal;
import dev.sluice.pipeline.Journal.Completion;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.pipeline.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal with its own thread, on the file system of this machine. */
class RealDiskTest {
  private final NamedThreads threads = new NamedThreads();

  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() {
    threads.close();
  }

  private SegmentedJournal open(boolean fsync) throws IOException {
    JournalSettings settings = JournalSettings.of(folder.resolve("logs"), fsync);
    return SegmentedJournal.open(settings, "logs", new RealDisk(), new ManualClock(), threads);
  }

  /** An exporter that has delivered nothing. */
  private record Idle(Place end) implements Journal.Follower {
    @Override
    public Pending pending() {
      return new Pending(List.of(), end);
    }

    @Override
    public boolean tryGiveUp(Place before, String rule, String reason) {
      return false;
    }
  }

  @Test
  void whatManyThreadsWriteIsThereAfterARestart() throws Exception {
    for (boolean fsync : new boolean[] {true, false}) {
      try (var journal = closing(open(fsync))) {
        journal.opened.follow("a", new Idle(new Place(0, 0)));
        journal.opened.start();
        send(journal.opened, 4, 250);
      }
      try (var journal = closing(open(fsync))) {
        Pending pending = journal.opened.follow("a", new Idle(new Place(0, 0)));
        journal.opened.start();
        var chunk =
            journal
                .opened
                .reader()
                .read(pending.end(), journal.opened.head(), Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(fsync ? 1000 : 2000, chunk.entries().size());
        assertEquals(0, chunk.lostItems());
      }
    }
  }

  private record Opened(SegmentedJournal opened) implements AutoCloseable {
    @Override
    public void close() {
      opened.close();
    }
  }

  private static Opened closing(SegmentedJournal journal) {
    return new Opened(journal);
  }

  private void send(SegmentedJournal journal, int senders, int each) throws Exception {
    CountDownLatch committed = new CountDownLatch(senders * each);
    AtomicLong last = new AtomicLong(-1);
    for (int sender = 0; sender < senders; sender++) {
      var _ =
          threads.start(
              "sender",
              () -> {
                for (int i = 0; i < each; i++) {
                  journal.append(
                      JournalBench.request("request " + i, 2),
                      new Completion() {
                        @Override
                        public void committed(Place place) {
                          if (last.getAndSet(place.sequence()) < place.sequence()) {
                            committed.countDown();
                          }
                        }

                        @Override
                        public void failed(String reason) {
                          throw new AssertionError(reason);
                        }
                      });
                }
              });
    }
    assertTrue(committed.await(30, TimeUnit.SECONDS), "all are answered, in order");
  }

  /** Reliability test 11. */
  @Test
  void aFolderThatCannotBeMadeIsRefusedWithItsPathAndWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("logs"), "in the way");
    long start = System.nanoTime();
    IOException refused = assertThrows(IOException.class, () -> open(true));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("make it writable"), refused.getMessage());
  }

  /** Reliability test 11: another process has the folder. */
  @Test
  void aSecondProcessIsRefusedAndToldWhoHasIt() throws Exception {
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.resolve("logs").toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertEquals("held", holder.inputReader(UTF_8).readLine());
      long start = System.nanoTime();
      IOException refused = assertThrows(IOException.class, () -> open(true));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
      assertTrue(
          refused.getMessage().contains("is locked by process " + holder.pid()),
          refused.getMessage());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    open(true).close();
  }

  /** A process that has a journal's folder until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      JournalSettings settings = JournalSettings.of(Path.of(arguments[0]), true);
      var journal =
          SegmentedJournal.open(
              settings,
              "logs",
              new RealDisk(),
              new ManualClock(),
              (role, body) -> new Thread(body));
      System.out.println("held");
      new CountDownLatch(1).await();
      journal.close();
    }
  }

  /** Reliability test 11: the same process, by two pipelines with one folder. */
  @Test
  void oneProcessCannotOpenAFolderTwice() throws IOException {
    SegmentedJournal journal = open(true);
    IOException refused = assertThrows(IOException.class, () -> open(true));
    assertTrue(refused.getMessage().contains("is locked by process"), refused.getMessage());
    journal.close();
    open(true).close();
  }
}
