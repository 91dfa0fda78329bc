package dev.sluice.exporters.prometheus;

import dev.sluice.pipeline.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The running totals of delta series, which Prometheus wants cumulative. A total begins with the
 * first point and keeps that point's start time, so that a new total looks like a restarted
 * counter. A point that is not newer than the one before is refused: it was counted already, or
 * would go back in time. Hot path: adding to a known series allocates nothing. Used by one thread.
 *
 * <p>Bounded in series; the least recently used are forgotten after an idle time, and until then
 * points of further series are refused rather than running totals broken. Totals live in memory:
 * after a restart of the process they begin again at the next point.
 */
final class DeltaStates {
  private final EncoderSettings.Delta settings;
  private final Clock clock;
  private final long staleAfterNanos;

  /** Ordered by use, the least recent first. */
  private final Map<Series, State> states = new LinkedHashMap<>(64, 0.75f, true);

  private long nowNanos;
  private double total;

  DeltaStates(EncoderSettings.Delta settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.staleAfterNanos = settings.staleAfter().toNanos();
  }

  /** What became of a point. */
  enum Verdict {
    ADDED,
    OUT_OF_ORDER,
    FULL,
    UNSUPPORTED
  }

  /** Forgets the series that have been idle for too long; call before each batch. */
  void evictStale() {
    nowNanos = clock.nanoTime();
    if (staleAfterNanos == 0) {
      return;
    }
    Iterator<State> eldest = states.values().iterator();
    while (eldest.hasNext() && nowNanos - eldest.next().seenNanos > staleAfterNanos) {
      eldest.remove();
    }
  }

  int size() {
    return states.size();
  }

  /** The total after a number was added. */
  double total() {
    return total;
  }

  /** Adds a number; then {@link #total} has the total, and the fields its start. */
  Verdict add(Series series, PointFields point, double value) {
    State known = states.get(series);
    NumberState state = known instanceof NumberState number ? number : new NumberState();
    Verdict verdict = admit(series, known, state, point);
    if (verdict == Verdict.ADDED) {
      state.total += value;
      total = state.total;
    }
    return verdict;
  }

  /**
   * Adds an explicit histogram; then {@code point} is the total. Other bounds begin a new total.
   */
  Verdict add(Series series, HistogramPoint point) {
    State known = states.get(series);
    HistogramTotal state =
        known instanceof HistogramTotal total && total.hasLayoutOf(point)
            ? total
            : new HistogramTotal();
    Verdict verdict = admit(series, known, state, point.fields);
    if (verdict == Verdict.ADDED) {
      state.addTo(point);
    }
    return verdict;
  }

  /** Adds an exponential histogram; then {@code point} is the total. */
  Verdict add(Series series, ExponentialPoint point) {
    State known = states.get(series);
    ExponentialTotal state =
        known instanceof ExponentialTotal total ? total : new ExponentialTotal();
    if (!state.canAdd(point)) {
      return Verdict.UNSUPPORTED;
    }
    Verdict verdict = admit(series, known, state, point.fields);
    if (verdict == Verdict.ADDED) {
      state.addTo(point);
    }
    return verdict;
  }

  /**
   * Judges a point by its time and remembers that; on success the fields have the total's start.
   */
  private Verdict admit(Series series, @Nullable State known, State state, PointFields point) {
    if (known == null && states.size() >= settings.seriesMax()) {
      return Verdict.FULL;
    }
    if (known != null && Long.compareUnsigned(point.timeNanos, known.timeNanos) <= 0) {
      return Verdict.OUT_OF_ORDER;
    }
    if (state != known) {
      state.startNanos = point.startNanos;
      states.put(series, state);
    }
    state.timeNanos = point.timeNanos;
    state.seenNanos = nowNanos;
    point.startNanos = state.startNanos;
    return Verdict.ADDED;
  }

  /** What is remembered of every kind of series. */
  abstract static sealed class State permits NumberState, HistogramTotal, ExponentialTotal {
    /** When counting began, in nanoseconds since the epoch. */
    long startNanos;

    /** The time of the newest point. */
    long timeNanos;

    /** When that point came, by the monotonic clock. */
    long seenNanos;
  }

  private static final class NumberState extends State {
    private double total;
  }
}
