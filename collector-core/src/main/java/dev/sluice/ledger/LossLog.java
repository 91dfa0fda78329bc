package dev.sluice.ledger;

import dev.sluice.ledger.LossRecord.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that did not get through, the newest of it: losses on disk where there is a folder, refusals
 * and everything else in memory. Both are bounded; what fell out is said. Thread-safe.
 */
final class LossLog {
  private static final Logger LOG = LoggerFactory.getLogger(LossLog.class);

  private static final int RECORD_BYTES = 160;

  private final @Nullable LossFiles files;
  private final Shelf losses;
  private final Shelf refusals;
  private boolean failing;

  /** What is kept in memory of one kind, oldest first. */
  private static final class Shelf {
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final long bytesMax;
    private long bytes;
    private long sinceNanos;
    private boolean overflowed;

    Shelf(long bytesMax, long sinceNanos) {
      this.bytesMax = bytesMax;
      this.sinceNanos = sinceNanos;
    }

    void add(Kept added) {
      kept.add(added);
      bytes += added.bytes;
      while (bytes > bytesMax) {
        Kept oldest = kept.remove();
        bytes -= oldest.bytes;
        sinceNanos = oldest.loss.epochNanos() + 1;
        overflowed = true;
      }
    }
  }

  private record Kept(LossRecord loss, long bytes) {}

  /**
   * What a search found, and how far it goes.
   *
   * @param found oldest first
   * @param losses how complete losses are
   * @param refusals how complete refusals are
   */
  record Found(List<LossRecord> found, Completeness losses, Completeness refusals) {}

  /**
   * An empty one, beside what is on disk.
   *
   * @param files null when there is no folder
   * @param bytesMax in memory, for losses and for refusals each half
   */
  LossLog(@Nullable LossFiles files, long bytesMax, long nowNanos) {
    this.files = files;
    losses = new Shelf(bytesMax / 2, nowNanos);
    refusals = new Shelf(bytesMax / 2, nowNanos);
  }

  /** Adds what did not get through, {@code bytes} being what its subjects take. */
  synchronized void add(LossRecord loss, long bytes) {
    Kept kept = new Kept(loss, bytes + RECORD_BYTES);
    if (loss.kind() == Kind.REFUSED) {
      refusals.add(kept);
    } else if (!tryWrite(loss)) {
      losses.add(kept);
    }
  }

  private boolean tryWrite(LossRecord loss) {
    if (files == null) {
      return false;
    }
    try {
      files.append(LossLine.write(loss), loss.epochNanos());
      failing = false;
      return true;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("the ledger of losses cannot be written, so it is kept in memory only", e);
      }
      failing = true;
      return false;
    }
  }

  /** All that is about the question. Blocks for as long as it takes to read the disk. */
  synchronized Found find(Question question) {
    Search search = new Search(question);
    Completeness complete = search.disk();
    losses.kept.forEach(kept -> search.look(kept.loss));
    Completeness all =
        new Completeness(
            complete.sinceNanos(), search.unnamed, search.damagedLines, complete.unreadable());
    search.unnamed = 0;
    refusals.kept.forEach(kept -> search.look(kept.loss));
    return new Found(
        search.found, all, new Completeness(refusals.sinceNanos, search.unnamed, 0, List.of()));
  }

  /** One search through everything. */
  private final class Search {
    private final Question question;
    private final List<LossRecord> found = new ArrayList<>();
    private long unnamed;
    private int damagedLines;

    Search(Question question) {
      this.question = question;
    }

    Completeness disk() {
      if (files == null) {
        return new Completeness(losses.sinceNanos, 0, 0, List.of());
      }
      LossFiles.Reading reading = files.read(this::look);
      boolean memory = reading.sinceNanos() < 0 || losses.overflowed;
      long since = memory ? losses.sinceNanos : reading.sinceNanos();
      return new Completeness(since, 0, 0, reading.unreadable());
    }

    private void look(String line) {
      LossRecord loss = LossLine.read(line);
      if (loss == null) {
        damagedLines++;
      } else {
        look(loss);
      }
    }

    private void look(LossRecord loss) {
      if (!loss.subjects().iterator().hasNext() && loss.signal() == question.signal()) {
        unnamed += loss.items();
      } else if (loss.about(question) != null) {
        found.add(loss);
      }
    }
  }

  synchronized void close() {
    try {
      if (files != null) {
        files.close();
      }
    } catch (IOException e) {
      LOG.warn("the ledger of losses could not be closed", e);
    }
  }
}
