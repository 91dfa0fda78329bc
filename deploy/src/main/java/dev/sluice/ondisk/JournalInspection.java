package dev.sluice.ondisk;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.ondisk.JournalStore.Opened;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Entry;
import java.io.IOException;

/** {@code sluice journal inspect}: the requests of journals, one a line. */
public final class JournalInspection {
  private static final String ROW = "%-12s %-24s %-8s %8s %10s %-24s %12s";

  private final Terminal terminal;
  private final boolean asJson;
  private long left;
  private boolean damaged;

  public JournalInspection(Terminal terminal, boolean asJson) {
    this.terminal = terminal;
    this.asJson = asJson;
  }

  /** Prints them; false when something could not be read. */
  public boolean print(JournalStore store, Selection selection) throws IOException {
    left = selection.limit();
    for (Opened journal : store.journals()) {
      if (!asJson) {
        terminal.line("%s (%s)", journal.pipeline(), journal.folder().path());
        terminal.line(ROW, "SEQUENCE", "ACCEPTED", "SIGNAL", "ITEMS", "BYTES", "SEGMENT", "OFFSET");
      }
      if (left > 0) {
        journal.folder().read(journal.ranges(selection), new Rows(journal.pipeline()));
      }
    }
    return !damaged;
  }

  private final class Rows implements Visitor {
    private final String pipeline;

    Rows(String pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public boolean request(Entry entry, String file, long offset, long recordBytes) {
      if (asJson) {
        json(entry, file, offset);
      } else {
        row(entry, file, offset);
      }
      return --left > 0 && !terminal.out().checkError();
    }

    private void row(Entry entry, String file, long offset) {
      Telemetry telemetry = entry.telemetry();
      terminal.line(
          ROW,
          entry.place().sequence(),
          Terminal.time(entry.acceptedEpochNanos()),
          telemetry.signal().label(),
          telemetry.items(),
          telemetry.size(),
          file,
          offset);
    }

    private void json(Entry entry, String file, long offset) {
      JsonLine.write(
          terminal.out(),
          entry.telemetry(),
          json -> {
            json.writeStringProperty("pipeline", pipeline);
            json.writeNumberProperty("sequence", entry.place().sequence());
            json.writeStringProperty("accepted", Terminal.time(entry.acceptedEpochNanos()));
            json.writeStringProperty("segment", file);
            json.writeNumberProperty("offset", offset);
          });
    }

    @Override
    public void damage(Damage damage) {
      damaged = true;
      terminal.err().println("damaged: " + JournalVerification.text(damage));
    }
  }
}
