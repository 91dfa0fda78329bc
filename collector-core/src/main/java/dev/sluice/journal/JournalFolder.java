package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a journal as the command line looks at it: only read, without the lock, so that it
 * may be in use at the same time. What is then being written may be missing. Used by one thread.
 */
public final class JournalFolder {
  private final Path folder;
  private final Disk disk = new RealDisk();

  /**
   * One segment.
   *
   * @param base the place of its first record; null when its header cannot be read
   * @param problem what is wrong with its header; empty when nothing is
   */
  public record SegmentFile(
      Path file,
      long bytes,
      @Nullable UUID journal,
      @Nullable Place base,
      long createdEpochNanos,
      String problem) {}

  /**
   * What reading a segment through has found.
   *
   * @param end after its last whole record
   * @param items in its whole records
   * @param damaged the places between which nothing could be read
   * @param goodBytes where in the file the last whole record ends; {@code bytes} beyond it are no
   *     records, or torn
   */
  public record Verified(
      SegmentFile segment,
      Place end,
      long records,
      long items,
      List<Range> damaged,
      long goodBytes) {}

  public JournalFolder(Path folder) {
    this.folder = folder;
  }

  /** The name of the folder or file for an id, as of a pipeline. */
  public static String encode(String id) {
    return FileNames.encode(id);
  }

  /** The id for a name. */
  public static String decode(String name) {
    return FileNames.decode(name);
  }

  /** The folders with a journal below {@code root}, by the id of their pipeline. */
  public static Map<String, JournalFolder> below(Path root) throws IOException {
    Map<String, JournalFolder> journals = new TreeMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path each : folders.toList()) {
        if (Files.exists(each.resolve(FileNames.IDENTITY))) {
          journals.put(
              FileNames.decode(String.valueOf(each.getFileName())), new JournalFolder(each));
        }
      }
    }
    return journals;
  }

  public Path path() {
    return folder;
  }

  /** The segments in their order; those without a readable header have the place of their name. */
  public List<SegmentFile> segments() throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    for (String name : names()) {
      if (FileNames.base(name) >= 0) {
        segments.add(segment(folder.resolve(name)));
      }
    }
    return segments;
  }

  private SegmentFile segment(Path path) throws IOException {
    try (DiskFile file = disk.openToRead(path)) {
      long bytes = file.size();
      try {
        SegmentHeader header = Recovery.header(file);
        return header == null
            ? new SegmentFile(path, bytes, null, null, 0, "its header is damaged")
            : new SegmentFile(
                path, bytes, header.journal(), header.base(), header.createdEpochNanos(), "");
      } catch (SegmentHeader.NewerFormatException e) {
        return new SegmentFile(path, bytes, null, null, 0, String.valueOf(e.getMessage()));
      }
    }
  }

  /** What each exporter has still to deliver, by its id; null when its cursor is damaged. */
  public Map<String, @Nullable Pending> cursors() throws IOException {
    Map<String, @Nullable Pending> cursors = new TreeMap<>();
    for (String name : names()) {
      if (name.endsWith(FileNames.CURSOR)) {
        CursorFile cursor = CursorFile.read(disk, folder.resolve(name));
        cursors.put(FileNames.exporter(name), cursor == null ? null : cursor.pending());
      }
    }
    return cursors;
  }

  /** The files that were set aside: damaged ones, and cursors of exporters that are gone. */
  public List<Path> setAside() throws IOException {
    return names().stream()
        .filter(name -> name.endsWith(FileNames.CORRUPT) || name.endsWith(FileNames.ORPHAN))
        .map(folder::resolve)
        .toList();
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>(disk.list(folder));
    names.sort(Comparator.naturalOrder());
    return names;
  }

  /** Reads a segment through; {@code next} is where the one after it begins, or null. */
  public Verified verify(SegmentFile segment, @Nullable Place next) throws IOException {
    return read(segment, next, entry -> {});
  }

  /**
   * Gives every request of a journal that can be read to {@code entries}, in order, and returns
   * what was found in each segment.
   */
  public List<Verified> read(Consumer<Entry> entries) throws IOException {
    List<SegmentFile> readable = new ArrayList<>(segments());
    readable.removeIf(segment -> segment.base == null);
    List<Verified> verified = new ArrayList<>();
    for (int i = 0; i < readable.size(); i++) {
      Place next = i + 1 < readable.size() ? readable.get(i + 1).base : null;
      verified.add(read(readable.get(i), next, entries));
    }
    return verified;
  }

  private Verified read(SegmentFile segment, @Nullable Place next, Consumer<Entry> entries)
      throws IOException {
    try (DiskFile file = disk.openToRead(segment.file)) {
      SegmentHeader header = Recovery.header(file);
      if (header == null) {
        throw new IOException(segment.file + ": " + segment.problem);
      }
      Losses losses = new Losses();
      long bound = next == null ? Long.MAX_VALUE : next.sequence();
      Scan scan = Scan.of(file, segment.file, header, segment.bytes, bound, losses, entries);
      if (next != null) {
        losses.add(scan.end(), next);
      }
      return new Verified(
          segment, scan.end(), scan.records(), scan.items(), losses.gaps(), scan.goodBytes());
    }
  }
}
