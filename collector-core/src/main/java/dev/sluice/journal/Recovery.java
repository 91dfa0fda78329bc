package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is in the folder of a journal when it is opened: reads the header of each segment,
 * all of the last one, and the cursors. No damage stops it; only a newer format and a disk that
 * cannot be read do. Used by one thread, once.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);

  private final Path folder;
  private final Disk disk;
  private final Segments segments = new Segments();
  private final Map<String, Pending> cursors = new TreeMap<>();
  private final Losses losses = new Losses();
  private final Keepsakes keepsakes;
  private UUID journal = new UUID(0, 0);
  private Place head = new Place(0, 0);
  private long truncatedBytes;
  private int unreadableFiles;

  /**
   * What was found.
   *
   * @param cursors by exporter
   * @param lostItems that an exporter had still to deliver, and that cannot be read
   * @param truncatedBytes at the end, of a record that was not written to its end
   */
  record Found(
      UUID journal,
      Segments segments,
      Map<String, Pending> cursors,
      Place head,
      long lostItems,
      long truncatedBytes) {}

  private Recovery(Path folder, Disk disk, Keepsakes keepsakes) {
    this.folder = folder;
    this.disk = disk;
    this.keepsakes = keepsakes;
  }

  static Found read(Path folder, Disk disk, Keepsakes keepsakes) throws IOException {
    return new Recovery(folder, disk, keepsakes).read();
  }

  private Found read() throws IOException {
    List<SegmentHeader> headers = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(FileNames.TEMPORARY)) {
        deleteLeftover(folder.resolve(name));
      } else if (FileNames.base(name) >= 0) {
        readHeader(name, headers);
      }
    }
    headers.sort(Comparator.comparingLong(header -> header.base().sequence()));
    journal = Identity.read(disk, folder, headers);
    dropStrangers(headers);
    readCursors();
    addSegments(headers);
    findGaps();
    Place readable = head;
    for (Pending pending : cursors.values()) {
      head = later(head, pending.end());
    }
    losses.add(readable, head);
    long lostItems = losses.items(needed());
    report(lostItems);
    return new Found(journal, segments, cursors, head, lostItems, truncatedBytes);
  }

  private void deleteLeftover(Path path) {
    try {
      disk.delete(path);
    } catch (IOException e) {
      LOG.debug("{} could not be deleted: {}", path, e.getMessage());
    }
  }

  private void readHeader(String name, List<SegmentHeader> headers) throws IOException {
    Path path = folder.resolve(name);
    SegmentHeader header = null;
    try (DiskFile file = disk.openToRead(path)) {
      header = header(file);
    } catch (SegmentHeader.NewerFormatException e) {
      throw new IOException(
          path + ": " + e.getMessage() + "; start the newer program, or move the folder away", e);
    }
    if (header == null || header.base().sequence() != FileNames.base(name)) {
      setAside(path);
    } else {
      headers.add(header);
    }
  }

  static @Nullable SegmentHeader header(DiskFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
      // until all of it is read
    }
    return SegmentHeader.of(bytes.flip());
  }

  private void setAside(Path path) {
    unreadableFiles++;
    keepsakes.keep(path);
  }

  /** Segments of another journal, which somebody has put here. */
  private void dropStrangers(List<SegmentHeader> headers) {
    for (SegmentHeader header : List.copyOf(headers)) {
      if (!header.journal().equals(journal)) {
        setAside(path(header));
        headers.remove(header);
      }
    }
  }

  private Path path(SegmentHeader header) {
    return folder.resolve(FileNames.segment(header.base().sequence()));
  }

  private void readCursors() throws IOException {
    for (String name : disk.list(folder)) {
      if (name.endsWith(FileNames.CURSOR)) {
        CursorFile cursor = CursorFile.read(disk, folder.resolve(name));
        if (cursor != null && cursor.journal().equals(journal)) {
          cursors.put(FileNames.exporter(name), cursor.pending());
        } else {
          setAside(folder.resolve(name));
        }
      }
    }
  }

  private void addSegments(List<SegmentHeader> headers) throws IOException {
    for (int i = 0; i < headers.size() - 1; i++) {
      Path path = path(headers.get(i));
      long newest = headers.get(i + 1).createdEpochNanos();
      segments.add(new Segment(path, headers.get(i), size(path), newest));
    }
    if (!headers.isEmpty()) {
      addLast(path(headers.getLast()), headers.getLast());
    }
  }

  private long size(Path path) throws IOException {
    try (DiskFile file = disk.openToRead(path)) {
      return file.size() & -RecordHeader.ALIGNMENT;
    }
  }

  private void addLast(Path path, SegmentHeader header) throws IOException {
    try (DiskFile file = disk.open(path)) {
      long size = file.size();
      Scan scan = Scan.of(file, path, header, size, Long.MAX_VALUE, losses);
      head = scan.end();
      truncatedBytes = size - scan.goodBytes();
      Segment last = new Segment(path, header, scan.goodBytes(), scan.newestEpochNanos());
      if (scan.isDamaged()) {
        last.damage();
      }
      segments.add(last);
      end(file, scan.goodBytes());
    }
  }

  /** Nothing is added to the last segment any more; the next one supersedes what cannot be cut. */
  private void end(DiskFile file, long goodBytes) {
    try {
      if (truncatedBytes > 0) {
        file.truncate(goodBytes);
      }
      file.force();
    } catch (IOException e) {
      LOG.warn("journal {}: its last segment could not be forced: {}", folder, e.getMessage());
    }
  }

  /** What is pending; without any cursor, all there is. */
  private Collection<Pending> needed() {
    Segment first = segments.first();
    return cursors.isEmpty() && first != null
        ? List.of(new Pending(List.of(), first.base()))
        : cursors.values();
  }

  /** Segments that are missing, told by the next one's header. */
  private void findGaps() throws IOException {
    Segment before = null;
    for (Segment segment : segments.all()) {
      Place base = segment.base();
      if (before == null) {
        losses.add(new Place(0, 0), base);
      } else if (segment.header.previous() != before.base().sequence()) {
        losses.add(scannedEnd(before, base), base);
      }
      before = segment;
    }
  }

  private Place scannedEnd(Segment segment, Place bound) throws IOException {
    try (DiskFile file = disk.openToRead(segment.file)) {
      return Scan.of(
              file, segment.file, segment.header, segment.bytes(), bound.sequence(), new Losses())
          .end();
    }
  }

  private static Place later(Place one, Place other) {
    return one.sequence() >= other.sequence() ? one : other;
  }

  private void report(long lostItems) {
    if (lostItems > 0 || unreadableFiles > 0) {
      LOG.error(
          "journal {}: {} items are lost, {} files could not be read (kept as *{}), {} bytes at the"
              + " end were cut off",
          folder,
          lostItems,
          unreadableFiles,
          FileNames.CORRUPT,
          truncatedBytes);
    } else if (truncatedBytes > 0) {
      LOG.warn(
          "journal {}: {} bytes at the end were cut off: a record that was not written to its end",
          folder,
          truncatedBytes);
    }
  }
}
