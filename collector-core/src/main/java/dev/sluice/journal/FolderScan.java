package dev.sluice.journal;

import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the files of a journal for {@link JournalFolder}; changes nothing. Used by one thread. */
final class FolderScan {
  /** On a full disk a cursor is overwritten where it is, and may be met half written. */
  private static final int READS_MAX = 3;

  private static final Range NOTHING = new Range(new Place(0, 0), new Place(0, 0));

  private final Path folder;
  private final Disk disk;
  private final List<Damage> segmentDamage = new ArrayList<>();
  private final List<Damage> cursorDamage = new ArrayList<>();
  private final @Nullable UUID journal;

  FolderScan(Path folder, Disk disk) throws IOException {
    this.folder = folder;
    this.disk = disk;
    journal = identity();
  }

  private @Nullable UUID identity() throws IOException {
    if (!disk.list(folder).contains(FileNames.IDENTITY)) {
      return null;
    }
    try (DiskFile file = disk.openToRead(folder.resolve(FileNames.IDENTITY))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 64));
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        // until all of it is read
      }
      return UUID.fromString(new String(bytes.array(), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      segmentDamage.add(new Damage(FileNames.IDENTITY, 0, 0, NOTHING, "no name of a journal"));
      return null;
    }
  }

  /** The segments in their order. */
  List<Segment> segments() throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (String name : disk.list(folder).stream().sorted().toList()) {
      if (FileNames.base(name) >= 0) {
        Segment segment = segment(name);
        if (segment != null) {
          segments.add(segment);
        }
      }
    }
    return segments;
  }

  private @Nullable Segment segment(String name) throws IOException {
    Path path = folder.resolve(name);
    try (DiskFile file = disk.openToRead(path)) {
      long size = file.size();
      SegmentHeader header = Recovery.header(file);
      if (header == null || header.base().sequence() != FileNames.base(name)) {
        segmentDamage.add(new Damage(name, 0, size, NOTHING, "the header of the file is damaged"));
        return null;
      }
      if (journal != null && !header.journal().equals(journal)) {
        segmentDamage.add(new Damage(name, 0, size, NOTHING, "the file is of another journal"));
        return null;
      }
      return new Segment(path, header, size, header.createdEpochNanos());
    } catch (NoSuchFileException e) {
      return null; // delivered and deleted meanwhile
    } catch (SegmentHeader.NewerFormatException e) {
      throw new IOException(path + ": " + e.getMessage() + "; use the newer program", e);
    }
  }

  /** Before the cursors are read again. */
  void reset() {
    cursorDamage.clear();
  }

  Map<String, Pending> cursors() throws IOException {
    Map<String, Pending> cursors = new TreeMap<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(FileNames.CURSOR)) {
        readCursor(name, cursors);
      }
    }
    return cursors;
  }

  private void readCursor(String name, Map<String, Pending> cursors) throws IOException {
    try {
      CursorFile cursor = null;
      for (int attempt = 0; cursor == null && attempt < READS_MAX; attempt++) {
        cursor = CursorFile.read(disk, folder.resolve(name));
      }
      if (cursor == null || (journal != null && !cursor.journal().equals(journal))) {
        String what = cursor == null ? "it is damaged" : "it is of another journal";
        cursorDamage.add(
            new Damage(
                name,
                0,
                0,
                NOTHING,
                what + ": the exporter is sent everything again that is here"));
      } else {
        cursors.put(FileNames.exporter(name), cursor.pending());
      }
    } catch (NoSuchFileException e) {
      // Set aside meanwhile.
    }
  }

  /** Those that no journal reads any more. */
  List<String> keptFiles() throws IOException {
    return disk.list(folder).stream()
        .filter(name -> name.endsWith(FileNames.CORRUPT) || name.endsWith(FileNames.ORPHAN))
        .sorted()
        .toList();
  }

  List<Damage> damage() {
    List<Damage> damage = new ArrayList<>(segmentDamage);
    damage.addAll(cursorDamage);
    return damage;
  }
}
