package dev.sluice.journal;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then: what is pending is saved, segments that nobody needs are
 * deleted, what is too old or too much is given up, a broken disk is tried again. Used by the
 * journal's thread.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);

  /** How often a broken disk is tried. */
  private static final long PROBE_NANOS = 1_000_000_000L;

  private final JournalSettings settings;
  private final Disk disk;
  private final Clock clock;
  private final Segments segments;
  private final Followers followers;
  private final Tail tail;
  private final Room room;
  private final Health health;
  private final Keepsakes keepsakes;
  private long probedNanos;

  Upkeep(
      JournalSettings settings,
      Disk disk,
      Clock clock,
      Segments segments,
      Followers followers,
      Tail tail,
      Room room,
      Health health) {
    this.settings = settings;
    this.disk = disk;
    this.clock = clock;
    this.segments = segments;
    this.followers = followers;
    this.tail = tail;
    this.room = room;
    this.health = health;
    keepsakes = new Keepsakes(settings.directory(), disk);
    probedNanos = clock.nanoTime();
  }

  /** The cursor of an exporter that does not follow any more; before the first turn. */
  void setAside(String exporterId, Pending pending) {
    long items = tail.head().items() - pending.end().items();
    for (Range range : pending.ranges()) {
      items += range.items();
    }
    Path cursor = settings.directory().resolve(FileNames.cursor(exporterId));
    LOG.warn(
        "{} is not configured any more: what it had pending is not sent, {} items",
        exporterId,
        items);
    try {
      disk.rename(cursor, settings.directory().resolve(cursor.getFileName() + FileNames.ORPHAN));
    } catch (IOException e) {
      LOG.warn("{} could not be set aside: {}", cursor, e.getMessage());
    }
  }

  /** One turn. */
  void doWork(long waitingBytes) {
    probe();
    giveUpOld();
    giveUpForRoom(waitingBytes);
    followers.look();
    List<Segment> done = before(followers.firstNeeded());
    if (followers.save(settings.fsync() || !done.isEmpty())) {
      done.forEach(this::delete);
    }
    room.measure();
  }

  private void probe() {
    boolean due = clock.nanoTime() - probedNanos >= PROBE_NANOS;
    if (health.isHealthy() || !due) {
      return;
    }
    probedNanos = clock.nanoTime();
    try {
      tail.probe();
    } catch (IOException e) {
      health.broken(e);
    }
  }

  private void giveUpOld() {
    long maxAge = settings.maxAge().toNanos();
    Segment oldest = segments.first();
    if (maxAge == 0 || oldest == null || isNew(oldest)) {
      return;
    }
    if (clock.epochNanos() - oldest.newestEpochNanos() > maxAge) {
      giveUp(oldest, "max_age", "older than " + settings.maxAge());
    }
  }

  private void giveUpForRoom(long waitingBytes) {
    Segment oldest = segments.first();
    if (oldest != null && !isNew(oldest) && room.isTight(waitingBytes)) {
      giveUp(oldest, "journal_full", "the journal has no room");
    }
  }

  private boolean isNew(Segment oldest) {
    return tail.uses(oldest) && oldest.isEmpty();
  }

  private void giveUp(Segment oldest, String rule, String reason) {
    if (tail.uses(oldest)) {
      tail.seal();
    }
    var _ = followers.tryGiveUp(endOf(oldest), rule, reason);
  }

  private Place endOf(Segment segment) {
    Place next = segments.baseAfter(segment.base().sequence());
    return next == null ? tail.head() : next;
  }

  /** The segments that have nothing from this sequence on. */
  private List<Segment> before(long sequence) {
    List<Segment> before = new ArrayList<>();
    for (Segment segment : segments.all()) {
      if (endOf(segment).sequence() <= sequence && !tail.uses(segment)) {
        before.add(segment);
      }
    }
    return before;
  }

  private void delete(Segment segment) {
    try {
      if (segment.isDamaged()) {
        keepsakes.keep(segment.file);
      } else {
        disk.delete(segment.file);
      }
      segments.remove(segment);
    } catch (IOException e) {
      LOG.warn(
          "{} could not be deleted, and will be tried again: {}", segment.file, e.getMessage());
    }
  }
}
