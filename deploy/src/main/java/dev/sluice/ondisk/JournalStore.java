package dev.sluice.ondisk;

import dev.sluice.journal.Disk;
import dev.sluice.journal.JournalFolder;
import dev.sluice.journal.JournalFolder.Damage;
import dev.sluice.journal.JournalFolder.Undelivered;
import dev.sluice.journal.JournalFolder.Visitor;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The journals of one or several folders, opened to be read.
 *
 * @param journals at least one
 */
public record JournalStore(List<Opened> journals) {
  /**
   * The journal of one pipeline.
   *
   * @param mode what an answer means there, {@code wal} or {@code fsync}; empty when no
   *     configuration was given, since the files do not say
   */
  record Opened(String pipeline, JournalFolder folder, String mode) {
    /** The first request from a sequence on that can be read; null when there is none. */
    @Nullable Entry first(long sequence) throws IOException {
      List<Entry> found = new ArrayList<>();
      Range rest = new Range(new Place(sequence, 0), folder.head());
      folder.read(List.of(rest), new FirstOnly(found));
      return found.isEmpty() ? null : found.getFirst();
    }

    /** The places that are meant; none when the exporter has no cursor here. */
    List<Range> ranges(Selection selection) {
      List<Range> ranges = folder.all();
      if (!selection.pending().isEmpty()) {
        Undelivered undelivered = folder.undelivered().get(selection.pending());
        ranges = undelivered == null ? List.of() : undelivered.ranges();
      }
      return ranges.stream()
          .filter(range -> range.to().sequence() > selection.from())
          .map(range -> from(range, selection.from()))
          .toList();
    }

    private static Range from(Range range, long sequence) {
      boolean within = sequence > range.from().sequence();
      return within ? new Range(new Place(sequence, range.from().items()), range.to()) : range;
    }
  }

  private record FirstOnly(List<Entry> found) implements Visitor {
    @Override
    public boolean request(Entry entry, String file, long offset, long recordBytes) {
      found.add(entry);
      return false;
    }

    @Override
    public void damage(Damage damage) {
      // What can be read is looked for.
    }
  }

  /**
   * A folder to look in.
   *
   * @param directory of a journal, or of the folders of several
   */
  public record Where(Path directory, String mode) {}

  /**
   * Opens what is there.
   *
   * @throws IOException when nothing is, or when it cannot be read
   */
  public static JournalStore open(List<Where> places, Disk disk, Selection selection)
      throws IOException {
    List<Opened> journals = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (Where place : places) {
      for (Path folder : folders(place.directory(), disk)) {
        String pipeline = JournalFolder.decode(String.valueOf(folder.getFileName()));
        seen.add(pipeline);
        if (selection.hasPipeline(pipeline)) {
          journals.add(new Opened(pipeline, JournalFolder.open(folder, disk), place.mode()));
        }
      }
    }
    if (journals.isEmpty()) {
      throw nothing(places, seen, selection);
    }
    checkPending(journals, selection.pending());
    return new JournalStore(journals);
  }

  private static void checkPending(List<Opened> journals, String exporter) throws IOException {
    Set<String> exporters = new TreeSet<>();
    journals.forEach(journal -> exporters.addAll(journal.folder().undelivered().keySet()));
    if (!exporter.isEmpty() && !exporters.contains(exporter)) {
      throw new IOException(
          "--pending: no exporter %s has a cursor there; there are: %s"
              .formatted(exporter, String.join(", ", exporters)));
    }
  }

  private static List<Path> folders(Path directory, Disk disk) throws IOException {
    Path whole = directory.toAbsolutePath().normalize();
    if (JournalFolder.isThere(whole, disk)) {
      return List.of(whole);
    }
    try {
      return disk.list(whole).stream()
          .sorted()
          .map(whole::resolve)
          .filter(folder -> JournalFolder.isThere(folder, disk))
          .toList();
    } catch (IOException e) {
      throw new IOException(
          "the folder %s cannot be read: %s; name the directory of file_storage, or --config"
              .formatted(whole, e),
          e);
    }
  }

  private static IOException nothing(List<Where> places, List<String> seen, Selection selection) {
    List<Path> directories = places.stream().map(Where::directory).toList();
    return new IOException(
        seen.isEmpty()
            ? "there is no journal in %s; name the directory of file_storage, or --config"
                .formatted(directories)
            : "there is no journal of pipeline %s in %s; there are: %s"
                .formatted(
                    String.join(", ", selection.pipelines()),
                    directories,
                    String.join(", ", seen)));
  }
}
