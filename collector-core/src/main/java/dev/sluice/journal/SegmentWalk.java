package dev.sluice.journal;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one segment, from its first request to where the next segment takes over, and says
 * exactly what is missing. One use, one thread.
 */
final class SegmentWalk {
  private final Disk disk;
  private final Segment segment;
  private final @Nullable Segment next;
  private final List<Range> ranges;

  /** After the last record that was accounted for, readable or not. */
  private Place place;

  private long offset = SegmentHeader.BYTES;

  /** The first range that is not over yet. */
  private int at;

  /**
   * @param next the one after it; null when it is the last
   * @param ranges what is looked at, in order
   */
  SegmentWalk(Disk disk, Segment segment, @Nullable Segment next, List<Range> ranges) {
    this.disk = disk;
    this.segment = segment;
    this.next = next;
    this.ranges = ranges;
    place = segment.base();
  }

  /** The place after the last request of the last segment. */
  static Place end(Disk disk, Segment segment) throws IOException {
    SegmentWalk walk = new SegmentWalk(disk, segment, null, List.of());
    try (RecordScanner scanner = walk.scanner()) {
      while (scanner.next(segment.base().sequence(), Long.MAX_VALUE)) {
        walk.place = scanner.header().next();
      }
    } catch (NoSuchFileException e) {
      // Delivered and deleted meanwhile.
    }
    return walk.place;
  }

  private RecordScanner scanner() throws IOException {
    return new RecordScanner(
        disk.openToRead(segment.file),
        segment,
        ByteBuffer.allocateDirect(RecordScanner.BUFFER_BYTES));
  }

  /** Shows all of the ranges that is here; false when the visitor has seen enough. */
  boolean read(Visitor visitor) throws IOException {
    if (!isWanted(new Range(segment.base(), bound()))) {
      return true;
    }
    try (RecordScanner scanner = scanner()) {
      while (scanner.next(segment.base().sequence(), bound().sequence())) {
        if (!show(scanner, visitor)) {
          return false;
        }
      }
      showEnd(visitor);
    } catch (NoSuchFileException e) {
      // Delivered and deleted meanwhile.
    }
    return true;
  }

  private Place bound() {
    return next == null ? new Place(Long.MAX_VALUE, Long.MAX_VALUE) : next.base();
  }

  private boolean show(RecordScanner scanner, Visitor visitor) throws IOException {
    RecordHeader record = scanner.header();
    long start = scanner.position() - record.recordBytes();
    showGap(record.place(), start, "what should be a record is none", visitor);
    place = record.next();
    offset = scanner.position();
    Range here = new Range(record.place(), place);
    if (!isWanted(here)) {
      return true;
    }
    byte[] payload = scanner.payload();
    if (payload == null) {
      String what = "the request does not have the checksum that it was written with";
      visitor.damage(new Damage(name(), start, record.recordBytes(), here, what));
      return true;
    }
    Telemetry telemetry = new Telemetry(record.signal(), payload, record.items());
    Entry entry = new Entry(telemetry, record.place(), record.acceptedEpochNanos());
    return visitor.request(entry, name(), start, record.recordBytes());
  }

  /** What lies between the records before this place and offset, and those from here on. */
  private void showGap(Place to, long end, String what, Visitor visitor) throws IOException {
    Range lost = new Range(place, to);
    if ((end > offset || !lost.isEmpty()) && (lost.isEmpty() || isWanted(lost))) {
      visitor.damage(new Damage(name(), offset, end - offset, lost, what));
    }
  }

  private void showEnd(Visitor visitor) throws IOException {
    long left = segment.bytes() - offset;
    if (next != null) {
      if (place.sequence() < next.base().sequence()) {
        boolean follows = next.header.previous() == segment.base().sequence();
        String what =
            follows
                ? "the file ends too early, or the rest of it cannot be read"
                : "one or more segments are missing between this one and " + nextName();
        showGap(next.base(), segment.bytes(), what, visitor);
      }
    } else if (left > 0 && isUnfinished(left)) {
      visitor.unfinished(name(), offset, left);
    } else if (left > 0) {
      String what = "no record can be read from here to the end of the file";
      visitor.damage(new Damage(name(), offset, left, new Range(place, place), what));
    }
  }

  /** Whether the end is the beginning of one good record. */
  private boolean isUnfinished(long left) throws IOException {
    if (left < RecordHeader.BYTES) {
      return true;
    }
    ByteBuffer bytes = ByteBuffer.allocate(RecordHeader.BYTES);
    try (DiskFile file = disk.openToRead(segment.file)) {
      while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) > 0) {
        // until all of it is read
      }
    }
    RecordHeader header = RecordHeader.get(bytes, 0, segment.header.salt(), offset);
    return header != null && header.place().equals(place);
  }

  private boolean isWanted(Range range) {
    while (at < ranges.size() && ranges.get(at).to().sequence() <= range.from().sequence()) {
      at++; // what is asked for only grows
    }
    return at < ranges.size() && JournalFolder.common(ranges.get(at), range) != null;
  }

  private String name() {
    return JournalFolder.name(segment);
  }

  private String nextName() {
    return next == null ? "the end" : JournalFolder.name(next);
  }
}
