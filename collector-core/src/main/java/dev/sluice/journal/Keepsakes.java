package dev.sluice.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that could not be read whole, set aside for a person; the oldest go when there are too
 * many. Used by the journal's thread.
 */
final class Keepsakes {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);
  private static final int FILES_MAX = 8;

  private final Path folder;
  private final Disk disk;

  Keepsakes(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** Takes a file out of the journal. */
  void keep(Path path) {
    Path kept = folder.resolve(path.getFileName() + FileNames.CORRUPT);
    try {
      disk.rename(path, kept);
      List<String> names =
          disk.list(folder).stream().filter(n -> n.endsWith(FileNames.CORRUPT)).sorted().toList();
      for (int i = 0; i < names.size() - FILES_MAX; i++) {
        disk.delete(folder.resolve(names.get(i)));
      }
    } catch (IOException e) {
      LOG.warn("{} could not be set aside: {}", path, e.getMessage());
    }
  }
}
