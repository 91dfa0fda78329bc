package dev.sluice.journal;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal;
import dev.sluice.pipeline.Journal.Chunk;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a journal back, one segment after the other, and stays where it stopped.
 * Used by one thread at a time. Holds one open file, one buffer, and what it is asked for.
 *
 * <p>What is damaged, missing or gone is stepped over, and its items are the difference between the
 * places before and after it.
 */
final class SegmentedReader implements Journal.Reader {
  private final Disk disk;
  private final Segments segments;
  private final LongConsumer lost;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RecordScanner.BUFFER_BYTES);
  private @Nullable RecordScanner scanner;

  /**
   * @param lost is told of items that could not be read
   */
  SegmentedReader(Disk disk, Segments segments, LongConsumer lost) {
    this.disk = disk;
    this.segments = segments;
    this.lost = lost;
  }

  @Override
  public Chunk read(Place from, Place to, long items, long bytes) {
    List<Entry> entries = new ArrayList<>();
    Place place = from;
    long readItems = 0;
    long readBytes = 0;
    while (place.sequence() < to.sequence() && readItems < items && readBytes < bytes) {
      Place bound = bound(place, to);
      Entry entry = next(place, bound);
      place = entry == null ? bound : entry.next();
      if (entry != null) {
        entries.add(entry);
        readItems += entry.telemetry().items();
        readBytes += entry.telemetry().size();
      }
    }
    long lostItems = place.items() - from.items() - readItems;
    if (lostItems > 0) {
      lost.accept(lostItems);
    }
    return new Chunk(entries, place, lostItems);
  }

  /** Where the segment that should have this place ends, or {@code to} when that is before. */
  private Place bound(Place place, Place to) {
    Place next = segments.baseAfter(place.sequence());
    return next == null || next.sequence() > to.sequence() ? to : next;
  }

  /** The next request that can be read in {@code [from, to)}, which one segment should have. */
  private @Nullable Entry next(Place from, Place to) {
    RecordScanner records = scannerFor(from.sequence());
    while (records != null && records.next(from.sequence(), to.sequence())) {
      RecordHeader header = records.header();
      byte[] payload = records.payload();
      if (payload != null) {
        Telemetry telemetry = new Telemetry(header.signal(), payload, header.items());
        return new Entry(telemetry, header.place(), header.acceptedEpochNanos());
      }
    }
    return null;
  }

  private @Nullable RecordScanner scannerFor(long sequence) {
    Segment segment = segments.covering(sequence);
    RecordScanner open = scanner;
    if (open != null && open.segment() == segment && open.lastSequence() < sequence) {
      return open;
    }
    close();
    if (segment != null) {
      scanner = open(segment);
    }
    return scanner;
  }

  /** Null when the disk has refused twice, or the file is gone. */
  private @Nullable RecordScanner open(Segment segment) {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        return new RecordScanner(disk.openToRead(segment.file), segment, buffer);
      } catch (IOException e) {
        // Counted by the caller as what it is: items that cannot be read.
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (scanner != null) {
      scanner.close();
      scanner = null;
    }
  }
}
