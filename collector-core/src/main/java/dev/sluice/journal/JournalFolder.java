package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one pipeline as it is on disk, for people: read without its lock and never
 * written, so it can be looked at while a process writes there. Used by one thread.
 *
 * <p>It shows the requests up to where the files ended when it was opened. A segment that is
 * deleted meanwhile was delivered, and is passed over.
 */
public final class JournalFolder {
  private final Path folder;
  private final Disk disk;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<String, Pending> cursors = new TreeMap<>();
  private final List<String> keptFiles = new ArrayList<>();
  private final List<Damage> damage = new ArrayList<>();
  private Place head = new Place(0, 0);

  /**
   * What cannot be read.
   *
   * @param file in the folder
   * @param offset where in the file it begins
   * @param bytes of the file
   * @param lost the requests that are missing for it
   * @param what it is, for a person
   */
  public record Damage(String file, long offset, long bytes, Range lost, String what) {}

  /**
   * A file of requests.
   *
   * @param bytes of it that were there when the folder was opened
   * @param base the place of its first request
   */
  public record SegmentFile(String name, long bytes, Place base, long createdEpochNanos) {}

  /**
   * What an exporter has not delivered.
   *
   * @param ranges in order, of what there is still
   * @param lostItems that it had to deliver, and that are not there any more
   */
  public record Undelivered(List<Range> ranges, long lostItems) {
    public Undelivered {
      ranges = List.copyOf(ranges);
    }

    public long items() {
      return ranges.stream().mapToLong(Range::items).sum();
    }
  }

  /** Sees what is read, in the order of the sequences. */
  public interface Visitor {
    /**
     * A request, where its record begins in the file, and the bytes that the record takes there.
     *
     * @return whether to go on
     */
    boolean request(Entry entry, String file, long offset, long recordBytes) throws IOException;

    void damage(Damage damage) throws IOException;

    /** The last record was not written to its end: it was never acknowledged. */
    default void unfinished(String file, long offset, long bytes) {}
  }

  private JournalFolder(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** The name of the folder of a pipeline. */
  public static String encode(String pipelineId) {
    return FileNames.encode(pipelineId);
  }

  /** The pipeline of a folder. */
  public static String decode(String name) {
    return FileNames.decode(name);
  }

  /** Whether a folder has the journal of a pipeline. */
  public static boolean isThere(Path folder, Disk disk) {
    try {
      return disk.list(folder).stream()
          .anyMatch(name -> name.equals(FileNames.IDENTITY) || FileNames.base(name) >= 0);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads what is there: all headers, and the last segment.
   *
   * @throws IOException when the folder cannot be read, or is of a newer format
   */
  public static JournalFolder open(Path folder, Disk disk) throws IOException {
    JournalFolder opened = new JournalFolder(folder, disk);
    FolderScan scan = new FolderScan(folder, disk);
    // Twice, since a writer may be at work: what it has delivered by now may be deleted already,
    // and what it has accepted by now is not in the segments that were found.
    Map<String, Pending> before = scan.cursors();
    opened.segments.addAll(scan.segments());
    scan.reset();
    opened.cursors.putAll(scan.cursors());
    opened.keptFiles.addAll(scan.keptFiles());
    opened.damage.addAll(scan.damage());
    opened.findHead();
    opened.findLostEnd(before);
    return opened;
  }

  private void findHead() throws IOException {
    if (segments.isEmpty()) {
      for (Pending pending : cursors.values()) {
        head = pending.end().sequence() > head.sequence() ? pending.end() : head;
      }
      return;
    }
    head = SegmentWalk.end(disk, segments.getLast());
  }

  /** What exporters have delivered was there: the end of the journal is gone. */
  private void findLostEnd(Map<String, Pending> before) {
    for (Map.Entry<String, Pending> cursor : before.entrySet()) {
      Place end = cursor.getValue().end();
      if (end.sequence() > head.sequence()) {
        damage.add(
            new Damage(
                FileNames.cursor(cursor.getKey()),
                0,
                0,
                new Range(head, end),
                "the exporter was here already, but the journal ends before it"));
      }
    }
  }

  public Path path() {
    return folder;
  }

  public List<SegmentFile> segments() {
    return segments.stream()
        .map(it -> new SegmentFile(name(it), it.bytes(), it.base(), it.header.createdEpochNanos()))
        .toList();
  }

  static String name(Segment segment) {
    return String.valueOf(segment.file.getFileName());
  }

  /** Where it begins. */
  public Place start() {
    return segments.isEmpty() ? head : segments.getFirst().base();
  }

  /** Where it ended when it was opened. */
  public Place head() {
    return head;
  }

  /** Files that were set aside at an earlier start, and the cursors of exporters that are gone. */
  public List<String> keptFiles() {
    return List.copyOf(keptFiles);
  }

  /** What is wrong with headers and cursors; {@link #read} finds what is wrong with requests. */
  public List<Damage> damage() {
    return List.copyOf(damage);
  }

  /** What each exporter has not delivered. */
  public Map<String, Undelivered> undelivered() {
    Map<String, Undelivered> undelivered = new TreeMap<>();
    cursors.forEach((exporter, pending) -> undelivered.put(exporter, undelivered(pending)));
    return undelivered;
  }

  private Undelivered undelivered(Pending pending) {
    List<Range> ranges = new ArrayList<>(pending.ranges());
    if (pending.end().sequence() < head.sequence()) {
      ranges.add(new Range(pending.end(), head));
    }
    List<Range> there = new ArrayList<>();
    long lostItems = 0;
    for (Range range : ranges) {
      Range left = common(range, new Range(start(), head));
      lostItems += range.items() - (left == null ? 0 : left.items());
      if (left != null) {
        there.add(left);
      }
    }
    return new Undelivered(there, lostItems);
  }

  static @Nullable Range common(Range one, Range other) {
    Place from = one.from().sequence() > other.from().sequence() ? one.from() : other.from();
    Place to = one.to().sequence() < other.to().sequence() ? one.to() : other.to();
    return from.sequence() < to.sequence() ? new Range(from, to) : null;
  }

  /** Everything that there is. */
  public List<Range> all() {
    return List.of(new Range(start(), head));
  }

  /** Reads the requests in these ranges, which are in order; damage elsewhere is not told. */
  public void read(List<Range> ranges, Visitor visitor) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      Segment next = i + 1 < segments.size() ? segments.get(i + 1) : null;
      if (!new SegmentWalk(disk, segments.get(i), next, ranges).read(visitor)) {
        return;
      }
    }
  }
}
