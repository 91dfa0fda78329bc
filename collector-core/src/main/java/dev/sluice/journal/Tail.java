package dev.sluice.journal;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of the journal: the segment in use, and the place of the next request. Used by the
 * journal's thread; {@link #head} by all.
 *
 * <p>After any failure the segment is given up at its last committed record, and never written or
 * forced again: what the kernel did with its pages is not known. The next one begins at the same
 * place, and supersedes whatever the old one has after it.
 */
final class Tail {
  private final JournalSettings settings;
  private final Disk disk;
  private final Clock clock;
  private final Segments segments;
  private final UUID journal;
  private final SplittableRandom salts = new SplittableRandom();
  private final Health health;
  private final SegmentWriter writer = new SegmentWriter();

  private volatile Place head;
  private @Nullable DiskFile file;
  private @Nullable Segment segment;

  Tail(
      JournalSettings settings,
      Disk disk,
      Clock clock,
      Segments segments,
      UUID journal,
      Place head,
      Health health) {
    this.settings = settings;
    this.disk = disk;
    this.clock = clock;
    this.segments = segments;
    this.journal = journal;
    this.head = head;
    this.health = health;
  }

  /** The place of the next request. */
  Place head() {
    return head;
  }

  /** Whether this is the segment in use. */
  boolean uses(Segment other) {
    return segment == other;
  }

  /**
   * Commits all requests of a group, or none of them.
   *
   * @throws IOException when they could not be written or forced; the next try is on a new segment
   */
  void write(List<WriteQueue.Request> group, long groupBytes) throws IOException {
    try {
      if (segment != null
          && !segment.isEmpty()
          && segment.bytes() + groupBytes > settings.segmentBytes()) {
        seal();
      }
      Segment target = open();
      Place start = head;
      long salt = target.header.salt();
      long end = writer.write(file(), target.bytes(), salt, start, group);
      if (settings.fsync()) {
        force(file());
      }
      target.commit(end, group.getLast().acceptedEpochNanos());
      head = after(start, group);
      health.worked();
    } catch (IOException e) {
      health.failed(e);
      abandon();
      throw e;
    }
  }

  private static Place after(Place place, List<WriteQueue.Request> group) {
    long items = place.items();
    for (WriteQueue.Request request : group) {
      items += request.telemetry().items();
    }
    return new Place(place.sequence() + group.size(), items);
  }

  /** Shows that a segment can be written, so that the journal may take requests again. */
  void probe() throws IOException {
    try {
      open();
      health.worked();
    } catch (IOException e) {
      health.failed(e);
      abandon();
      throw e;
    }
  }

  private DiskFile file() {
    if (file == null) {
      throw new IllegalStateException("no segment is open");
    }
    return file;
  }

  /** The segment in use, begun if there is none. */
  private Segment open() throws IOException {
    if (segment != null) {
      return segment;
    }
    Place base = head;
    Segment before = segments.last();
    long previous = before == null ? base.sequence() : before.base().sequence();
    SegmentHeader header =
        new SegmentHeader(journal, base, previous, clock.epochNanos(), salts.nextLong());
    Path path = settings.directory().resolve(FileNames.segment(base.sequence()));
    Path temporary = settings.directory().resolve(path.getFileName() + FileNames.TEMPORARY);
    file = disk.create(temporary);
    file.write(header.toBytes(), 0);
    force(file);
    disk.rename(temporary, path);
    disk.forceFolder(settings.directory());
    segment = new Segment(path, header, SegmentHeader.BYTES, header.createdEpochNanos());
    segments.add(segment);
    return segment;
  }

  private void force(DiskFile target) throws IOException {
    long start = clock.nanoTime();
    try {
      target.force();
    } catch (IOException e) {
      health.forceFailed();
      throw e;
    }
    health.forced(clock.nanoTime() - start);
  }

  /** Ends the segment in use, if there is one. */
  void seal() {
    Segment sealed = segment;
    DiskFile open = file;
    segment = null;
    file = null;
    if (sealed == null || open == null) {
      return;
    }
    try (open) {
      if (!settings.fsync()) {
        force(open);
      }
    } catch (IOException e) {
      health.sealFailed(sealed.file, e);
    }
  }

  private void abandon() {
    Segment failed = segment;
    DiskFile open = file;
    segment = null;
    file = null;
    try (open) {
      if (failed != null && open != null) {
        open.truncate(failed.bytes());
      }
    } catch (IOException e) {
      // What it has too much is superseded by the next segment.
    }
    if (failed != null && failed.isEmpty()) {
      segments.remove(failed);
    }
  }
}
