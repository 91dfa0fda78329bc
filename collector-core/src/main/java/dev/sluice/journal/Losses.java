package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The places that are missing in a journal, and how many items of them somebody still needed. */
final class Losses {
  private final List<Range> gaps = new ArrayList<>();

  /** Nothing between these places could be read. */
  void add(Place from, Place to) {
    if (from.sequence() < to.sequence()) {
      gaps.add(new Range(from, to));
    }
  }

  List<Range> gaps() {
    return List.copyOf(gaps);
  }

  /** The items in the gaps that an exporter had pending; the most of any, for each gap. */
  long items(Collection<Pending> cursors) {
    long items = 0;
    for (Range gap : gaps) {
      long most = 0;
      for (Pending pending : cursors) {
        most = Math.max(most, items(gap, pending));
      }
      items += most;
    }
    return items;
  }

  private static long items(Range gap, Pending pending) {
    long items = common(gap, new Range(pending.end(), gap.to()));
    for (Range range : pending.ranges()) {
      items += common(gap, range);
    }
    return items;
  }

  private static long common(Range one, Range other) {
    Place from = one.from().sequence() > other.from().sequence() ? one.from() : other.from();
    Place to = one.to().sequence() < other.to().sequence() ? one.to() : other.to();
    return Math.max(0, to.items() - from.items());
  }
}
