package dev.sluice.pipeline;

import dev.sluice.pipeline.Journal.Chunk;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor has still to take and is on disk only: left from the last run of the process, or
 * without room in memory. Guarded by the ring's lock, except {@link #read}, which blocks on the
 * disk and belongs to the one sender that {@link #begin} has let read.
 *
 * <p>By default its oldest goes first and nothing is taken from memory before, since backends want
 * the samples of a series and the lines of a stream in order. With a share for what is live, the
 * two take turns.
 */
final class Spill {
  /** Ranges at which the disk goes first until there are fewer: they are kept in a small file. */
  private static final int RANGES_MAX = 1000;

  private final Journal.Reader reader;
  private final BatchSettings batch;
  private final double liveShare;
  private final List<Range> ranges = new ArrayList<>();
  private @Nullable Range reading;
  private double turn;
  private long oldestEpochNanos = Long.MAX_VALUE;

  /**
   * What was read for one claim.
   *
   * @param next where to read on
   * @param lostItems items before {@code next} that could not be read, and never can
   */
  record Read(List<Entry> entries, Place next, long lostItems) {}

  /**
   * @param liveShare of the claims that come from memory while there is something on disk; from 0
   *     to 1, exclusive
   */
  Spill(Journal.Reader reader, BatchSettings batch, double liveShare) {
    this.reader = reader;
    this.batch = batch;
    this.liveShare = liveShare;
  }

  boolean isEmpty() {
    return ranges.isEmpty() && reading == null;
  }

  long items() {
    long items = reading == null ? 0 : reading.items();
    for (Range range : ranges) {
      items += range.items();
    }
    return items;
  }

  /** When its oldest was accepted, as far as it was seen; the largest long when it is empty. */
  long oldestEpochNanos() {
    return isEmpty() ? Long.MAX_VALUE : oldestEpochNanos;
  }

  /** A request joins that is on disk already and leaves the memory. */
  void add(Slot slot, long acceptedEpochNanos) {
    if (isEmpty()) {
      oldestEpochNanos = acceptedEpochNanos;
    }
    add(new Range(slot.place(), slot.next()));
  }

  /** A range joins, wherever it belongs. */
  void add(Range added) {
    if (added.isEmpty()) {
      return;
    }
    int last = ranges.size() - 1;
    if (last >= 0 && touches(ranges.get(last), added)) {
      ranges.set(last, new Range(ranges.get(last).from(), added.to()));
    } else {
      ranges.add(added);
      if (last >= 0) {
        List<Range> merged = merged(ranges);
        ranges.clear();
        ranges.addAll(merged);
      }
    }
  }

  private static boolean touches(Range first, Range second) {
    return first.to().sequence() == second.from().sequence();
  }

  /** The same places as fewer ranges in order. */
  static List<Range> merged(List<Range> ranges) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(range -> range.from().sequence()));
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && touches(merged.get(last), range)) {
        merged.set(last, new Range(merged.get(last).from(), range.to()));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  /** Whether nothing may be taken from memory now. */
  boolean comesFirst() {
    return !isEmpty() && (liveShare == 0 || ranges.size() >= RANGES_MAX);
  }

  /** Whether there is something to read, and nobody reads. */
  boolean isReadable() {
    return reading == null && !ranges.isEmpty();
  }

  /** Whether the next claim is to come from here; asked once a claim. */
  boolean takesTurn(boolean liveIsDue) {
    if (!isReadable()) {
      return false;
    }
    if (comesFirst() || !liveIsDue) {
      return true;
    }
    turn += 1 - liveShare;
    if (turn < 1) {
      return false;
    }
    turn -= 1;
    return true;
  }

  /** Takes the oldest range, to be read by the caller alone. */
  Range begin() {
    Range oldest = ranges.removeFirst();
    reading = oldest;
    return oldest;
  }

  /** Reads one batch from the beginning of a range. Not under the lock. */
  Read read(Range range, long bytesMax) {
    long bytes = Math.min(batch.bytesTarget(), bytesMax);
    Chunk chunk = reader.read(range.from(), range.to(), batch.itemsTarget(), bytes);
    List<Entry> entries = new ArrayList<>();
    long items = 0;
    long size = 0;
    Place next = chunk.next();
    for (Entry entry : chunk.entries()) {
      items += entry.telemetry().items();
      size += entry.telemetry().size();
      if (!entries.isEmpty() && batch.exceeds(items, size)) {
        items -= entry.telemetry().items();
        next = entry.place();
        break;
      }
      entries.add(entry);
    }
    return new Read(entries, next, next.items() - range.from().items() - items);
  }

  /** Reading has come as far as {@code read} says. */
  void end(Range range, Read read) {
    reading = null;
    if (!read.entries.isEmpty()) {
      oldestEpochNanos = read.entries.getLast().acceptedEpochNanos();
    }
    if (read.next.sequence() < range.to().sequence()) {
      ranges.addFirst(new Range(read.next, range.to()));
    }
  }

  /** Every range, with the one that is being read. */
  List<Range> ranges() {
    List<Range> all = new ArrayList<>(ranges);
    if (reading != null) {
      all.add(reading);
    }
    return all;
  }

  /**
   * Forgets what is before a place; returns its items, or -1 when it is being read at this moment.
   */
  long tryForget(Place before) {
    if (reading != null && reading.from().sequence() < before.sequence()) {
      return -1;
    }
    long items = 0;
    while (!ranges.isEmpty() && ranges.getFirst().from().sequence() < before.sequence()) {
      Range oldest = ranges.removeFirst();
      if (oldest.to().sequence() <= before.sequence()) {
        items += oldest.items();
      } else {
        items += before.items() - oldest.from().items();
        ranges.addFirst(new Range(before, oldest.to()));
      }
    }
    return items;
  }

  void close() {
    reader.close();
  }
}
