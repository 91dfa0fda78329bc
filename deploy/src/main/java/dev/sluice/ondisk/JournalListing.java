package dev.sluice.ondisk;

import dev.sluice.journal.JournalFolder;
import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.SegmentFile;
import dev.sluice.journal.JournalFolder.Undelivered;
import dev.sluice.ondisk.JournalStore.Opened;
import dev.sluice.pipeline.Journal.Entry;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sluice journal ls}: what each journal has, and what each exporter has pending. */
public final class JournalListing {
  private final Terminal terminal;

  public JournalListing(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints it, which is always well: damage of requests is not looked for. */
  public boolean print(JournalStore store) throws IOException {
    for (Opened journal : store.journals()) {
      print(journal);
    }
    return true;
  }

  private void print(Opened journal) throws IOException {
    JournalFolder folder = journal.folder();
    String mode = journal.mode();
    terminal.line("%s", journal.pipeline());
    field("folder", folder.path().toString());
    field("mode", mode.isEmpty() ? "not in the files; --config tells it" : mode);
    long bytes = folder.segments().stream().mapToLong(SegmentFile::bytes).sum();
    field("segments", folder.segments().size() + ", " + Terminal.count(bytes, "byte"));
    long records = folder.head().sequence() - folder.start().sequence();
    long items = folder.head().items() - folder.start().items();
    field("records", records + ", " + Terminal.count(items, "item"));
    if (records > 0) {
      field("sequences", folder.start().sequence() + " to " + (folder.head().sequence() - 1));
      field("oldest", time(journal.first(folder.start().sequence())));
      field("newest", time(journal.first(folder.head().sequence() - 1)));
    }
    for (Map.Entry<String, Undelivered> exporter : folder.undelivered().entrySet()) {
      field("pending", exporter.getKey() + ": " + pending(journal, exporter.getValue()));
    }
    for (Damage damage : folder.damage()) {
      field("damage", JournalVerification.text(damage));
    }
    for (String file : folder.keptFiles()) {
      field("set aside", file);
    }
  }

  private void field(String name, String value) {
    terminal.line("  %-10s %s", name, value);
  }

  private String time(@Nullable Entry entry) {
    return entry == null
        ? "cannot be read; verify tells more"
        : terminal.timeAndAge(entry.acceptedEpochNanos());
  }

  private String pending(Opened journal, Undelivered undelivered) throws IOException {
    String lost =
        undelivered.lostItems() == 0
            ? ""
            : "; %d more are not there any more".formatted(undelivered.lostItems());
    if (undelivered.ranges().isEmpty()) {
      return "nothing" + lost;
    }
    Entry oldest = journal.first(undelivered.ranges().getFirst().from().sequence());
    String since = oldest == null ? "" : ", the oldest since " + time(oldest);
    return Terminal.count(undelivered.items(), "item") + since + lost;
  }
}
