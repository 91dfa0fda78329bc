package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Follower;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The exporters that follow, and what each had pending when it was last saved. Filled before the
 * journal starts, then used by its thread.
 */
final class Followers {
  private final JournalSettings settings;
  private final Disk disk;
  private final UUID journal;
  private final Health health;
  private final List<Followed> followed = new ArrayList<>();

  private static final class Followed {
    final String exporterId;
    final Follower follower;
    Pending saved;
    Pending now;
    boolean forced;

    Followed(String exporterId, Follower follower, Pending saved) {
      this.exporterId = exporterId;
      this.follower = follower;
      this.saved = saved;
      now = saved;
    }
  }

  Followers(JournalSettings settings, Disk disk, UUID journal, Health health) {
    this.settings = settings;
    this.disk = disk;
    this.journal = journal;
    this.health = health;
  }

  void add(String exporterId, Follower follower, Pending saved) {
    followed.add(new Followed(exporterId, follower, saved));
  }

  boolean follows(String exporterId) {
    return followed.stream().anyMatch(each -> each.exporterId.equals(exporterId));
  }

  /** Asks each what it has pending now. */
  void look() {
    for (Followed each : followed) {
      each.now = each.follower.pending();
    }
  }

  /** The first sequence that one of them still needs, as they were looked at. */
  long firstNeeded() {
    long first = Long.MAX_VALUE;
    for (Followed each : followed) {
      first = Math.min(first, first(each.now).sequence());
    }
    return first;
  }

  static Place first(Pending pending) {
    List<Range> ranges = pending.ranges();
    return ranges.isEmpty() ? pending.end() : ranges.getFirst().from();
  }

  /**
   * Saves those that have changed; false when one could not be.
   *
   * @param force whether all of them are on the medium afterwards
   */
  boolean save(boolean force) {
    boolean written = false;
    for (Followed each : followed) {
      if (!each.now.equals(each.saved) || (force && !each.forced)) {
        if (!trySave(each, force)) {
          return false;
        }
        written = true;
      }
    }
    if (written && force && !tryForceFolder()) {
      return false;
    }
    health.cursorsSaved();
    return true;
  }

  private boolean trySave(Followed each, boolean force) {
    CursorFile cursor = new CursorFile(journal, each.exporterId, each.now);
    try {
      cursor.write(disk, settings.directory(), force);
    } catch (IOException e) {
      if (!tryOverwrite(cursor)) {
        health.cursorFailed(path(each), e);
        return false;
      }
    }
    each.saved = each.now;
    each.forced = force;
    return true;
  }

  /** On a full disk there is no room for a second file; and without it, none would become free. */
  private boolean tryOverwrite(CursorFile cursor) {
    try {
      cursor.overwrite(disk, settings.directory());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path path(Followed each) {
    return settings.directory().resolve(FileNames.cursor(each.exporterId));
  }

  private boolean tryForceFolder() {
    try {
      disk.forceFolder(settings.directory());
      return true;
    } catch (IOException e) {
      followed.forEach(each -> each.forced = false);
      health.cursorFailed(settings.directory(), e);
      return false;
    }
  }

  /** Whether all of them have given up what is before a place. */
  boolean tryGiveUp(Place before, String rule, String reason) {
    boolean all = true;
    for (Followed each : followed) {
      boolean needs = first(each.follower.pending()).sequence() < before.sequence();
      all &= !needs || each.follower.tryGiveUp(before, rule, reason);
    }
    return all;
  }
}
