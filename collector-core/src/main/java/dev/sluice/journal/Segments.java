package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The segments of a journal in their order. Thread-safe. */
final class Segments {
  private final TreeMap<Long, Segment> byBase = new TreeMap<>();

  /** Adds a segment, in place of one with this base. */
  synchronized void add(Segment segment) {
    byBase.put(segment.base().sequence(), segment);
  }

  synchronized void remove(Segment segment) {
    byBase.remove(segment.base().sequence(), segment);
  }

  /** The one that should have this sequence; null when it is before all of them. */
  synchronized @Nullable Segment covering(long sequence) {
    return value(byBase.floorEntry(sequence));
  }

  /** Where the next segment begins after this sequence; null when there is none. */
  synchronized @Nullable Place baseAfter(long sequence) {
    Segment next = value(byBase.higherEntry(sequence));
    return next == null ? null : next.base();
  }

  synchronized @Nullable Segment first() {
    return value(byBase.firstEntry());
  }

  synchronized @Nullable Segment last() {
    return value(byBase.lastEntry());
  }

  synchronized List<Segment> all() {
    return List.copyOf(byBase.values());
  }

  synchronized long bytes() {
    long bytes = 0;
    for (Segment segment : byBase.values()) {
      bytes += segment.bytes();
    }
    return bytes;
  }

  private static @Nullable Segment value(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }
}
