package dev.sluice.ondisk;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.ondisk.JournalStore.Opened;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The requests of journals, one journal after the other. They stay there. */
public final class JournalRequests implements KeptRequests {
  private final JournalStore store;
  private final Selection selection;

  public JournalRequests(JournalStore store, Selection selection) {
    this.store = store;
    this.selection = selection;
  }

  @Override
  public long items() {
    long items = 0;
    for (Opened journal : store.journals()) {
      for (Range range : journal.ranges(selection)) {
        items += range.items();
      }
    }
    return items;
  }

  @Override
  public List<String> read(Taker taker) throws IOException {
    Reading reading = new Reading(taker);
    for (Opened journal : store.journals()) {
      if (!reading.stopped) {
        reading.pipeline = journal.pipeline();
        journal.folder().damage().stream().filter(JournalRequests::costs).forEach(reading::damage);
        journal.folder().read(journal.ranges(selection), reading);
      }
    }
    return reading.damaged;
  }

  /** Whether requests may be missing for it: a damaged cursor costs none. */
  private static boolean costs(Damage damage) {
    return damage.bytes() > 0 || !damage.lost().isEmpty();
  }

  @Override
  public void delivered(KeptRequest request) {
    // The journal is its pipeline's: only a running Sluice deletes there.
  }

  private final class Reading implements Visitor {
    private final Taker taker;
    private final List<String> damaged = new ArrayList<>();
    private String pipeline = "";
    private boolean stopped;

    Reading(Taker taker) {
      this.taker = taker;
    }

    @Override
    public boolean request(Entry entry, String file, long offset, long recordBytes)
        throws IOException {
      if (selection.signal() == null || selection.signal() == entry.telemetry().signal()) {
        String name = pipeline + " " + entry.place().sequence();
        stopped = !taker.take(new KeptRequest(name, entry.telemetry()));
      }
      return !stopped;
    }

    @Override
    public void damage(Damage damage) {
      damaged.add(pipeline + ": " + JournalVerification.text(damage));
    }
  }
}
