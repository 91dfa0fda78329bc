package dev.sluice.exporters.prometheus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of a batch is still to be sent, in order: one range at first, cut where requests would be
 * too large, and halved where the endpoint refuses. Used by one thread.
 */
final class Ranges {
  private final SampleStore store;
  private final int[] order;
  private final Losses losses;
  private final Deque<Range> waiting = new ArrayDeque<>();

  Ranges(SampleStore store, int[] order, int size, Losses losses) {
    this.store = store;
    this.order = order;
    this.losses = losses;
    if (size > 0) {
      waiting.add(new Range(0, size));
    }
  }

  int[] order() {
    return order;
  }

  /** The next range, or null when all is sent. Samples of points that are lost are left out. */
  @Nullable Range next() {
    while (!waiting.isEmpty()) {
      Range range = waiting.element();
      if (range.suspect) {
        leaveOutLost(range);
      }
      if (range.size() > 0) {
        return range;
      }
      waiting.remove();
    }
    return null;
  }

  /** The next range is done with. */
  void done() {
    Range range = waiting.remove();
    Range sibling = range.sibling;
    if (sibling != null) {
      sibling.bad = true;
    }
  }

  /** The next range is done with, and was refused. */
  void refused() {
    waiting.remove();
  }

  /** Cuts the next range in two at {@code at}; returns the first part, which is next then. */
  Range cut(int at) {
    Range range = waiting.remove();
    Range rest = range.part(at, range.to);
    Range first = range.part(range.from, at);
    waiting.addFirst(rest);
    waiting.addFirst(first);
    return first;
  }

  /** Halves the next range because the endpoint refused it; at a series' end where there is one. */
  void halve() {
    Range range = waiting.remove();
    int at = middle(range);
    Range right = range.part(at, range.to);
    Range left = range.part(range.from, at);
    left.sibling = right;
    left.suspect = true;
    right.suspect = true;
    waiting.addFirst(right);
    waiting.addFirst(left);
  }

  /**
   * Whether a sample is refused only because an earlier request, whose answer was lost, has stored
   * it together with newer ones of its series: those are taken again, being the same, it is not.
   */
  boolean isStoredAlready(Range range, int sample, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    boolean late =
        text.contains("out of order") || text.contains("duplicate") || text.contains("too old");
    return range.uncertain && late && hasNewer(sample);
  }

  private boolean hasNewer(int sample) {
    long millis = store.millis(sample);
    for (int i = store.series(sample).head; i >= 0; i = store.next(i)) {
      if (store.millis(i) > millis) {
        return true;
      }
    }
    return false;
  }

  private int middle(Range range) {
    int middle = (range.from + range.to) >>> 1;
    for (int at = middle; at > range.from; at--) {
      if (isBoundary(at)) {
        return at;
      }
    }
    for (int at = middle + 1; at < range.to; at++) {
      if (isBoundary(at)) {
        return at;
      }
    }
    return middle;
  }

  private boolean isBoundary(int at) {
    return !store.series(order[at - 1]).equals(store.series(order[at]));
  }

  private void leaveOutLost(Range range) {
    int kept = range.from;
    for (int at = range.from; at < range.to; at++) {
      int sample = order[at];
      if (!losses.isLost(store.point(sample))) {
        order[kept++] = sample;
      }
    }
    range.to = kept;
  }
}
