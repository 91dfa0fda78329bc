package dev.sluice.ondisk;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.Undelivered;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.ondisk.JournalStore.Opened;
import dev.sluice.pipeline.Journal.Entry;
import java.io.IOException;
import java.util.Map;

/** {@code sluice journal verify}: reads everything, and says what is damaged and where. */
public final class JournalVerification {
  private final Terminal terminal;

  public JournalVerification(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whether all is well. */
  public boolean isSound(JournalStore store) throws IOException {
    boolean sound = true;
    for (Opened journal : store.journals()) {
      sound &= isSound(journal);
    }
    return sound;
  }

  private boolean isSound(Opened journal) throws IOException {
    Check check = new Check(terminal);
    journal.folder().damage().forEach(check::damage);
    journal.folder().read(journal.folder().all(), check);
    for (Map.Entry<String, Undelivered> cursor : journal.folder().undelivered().entrySet()) {
      long lost = cursor.getValue().lostItems();
      if (lost > 0) {
        check.problem(
            "exporter %s: %d items that it had to deliver are not there any more"
                .formatted(cursor.getKey(), lost));
      }
    }
    terminal.line(
        "%s: %s (%s), %s: %s, %s",
        journal.pipeline(),
        check.problems == 0 ? "clean" : Terminal.count(check.problems, "problem"),
        journal.folder().path(),
        Terminal.count(journal.folder().segments().size(), "segment"),
        Terminal.count(check.records, "record"),
        Terminal.count(check.items, "item"));
    return check.problems == 0;
  }

  /** One line: where it is, how large, what it is, and what is missing for it. */
  static String text(Damage damage) {
    long requests = damage.lost().to().sequence() - damage.lost().from().sequence();
    String where =
        damage.bytes() == 0
            ? damage.file()
            : "%s, bytes %d to %d"
                .formatted(damage.file(), damage.offset(), damage.offset() + damage.bytes());
    String lost =
        requests == 0
            ? ""
            : "; missing: sequence %d to %d, %s"
                .formatted(
                    damage.lost().from().sequence(),
                    damage.lost().to().sequence() - 1,
                    Terminal.count(damage.lost().items(), "item"));
    return where + ": " + damage.what() + lost;
  }

  private static final class Check implements Visitor {
    private final Terminal terminal;
    private long records;
    private long items;
    private long problems;

    Check(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public boolean request(Entry entry, String file, long offset, long recordBytes) {
      records++;
      items += entry.telemetry().items();
      String problem = JsonLine.problem(entry.telemetry());
      if (!problem.isEmpty()) {
        problem(
            "%s, bytes %d to %d: sequence %d: %s"
                .formatted(file, offset, offset + recordBytes, entry.place().sequence(), problem));
      }
      return true;
    }

    @Override
    public void damage(Damage damage) {
      problem(text(damage));
    }

    @Override
    public void unfinished(String file, long offset, long bytes) {
      terminal.line(
          "  %s, bytes %d to %d: a record that is not written to its end: nobody was told that it"
              + " is safe",
          file, offset, offset + bytes);
    }

    void problem(String text) {
      problems++;
      terminal.line("  damaged: %s", text);
    }
  }
}
