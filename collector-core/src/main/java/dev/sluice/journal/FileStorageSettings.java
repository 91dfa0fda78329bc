package dev.sluice.journal;

import dev.sluice.config.Section;
import dev.sluice.pipeline.Retention.Overflow;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The {@code file_storage} extension: the Collector's keys, and Sluice's own for what is kept.
 *
 * @param directory with a folder for each pipeline; empty for the usual place
 * @param fsync whether a request is answered only when it is on the medium
 * @param maxBytes that the journal of a pipeline may take; 0 leaves it to {@code reserveBytes}
 * @param reserveBytes of the file system that stay free
 * @param maxAge what is older is given up; zero keeps everything that has room
 * @param overflow what gives way when there is no room
 */
public record FileStorageSettings(
    String directory,
    boolean fsync,
    long maxBytes,
    long reserveBytes,
    Duration maxAge,
    Overflow overflow) {
  private static final long RESERVE_MIB_MAX = 1 << 20;

  /** Some times what receivers take as one request by default. */
  private static final long MAX_BYTES_MIN = 64L << 20;

  /** Reads the extension's section. */
  public static FileStorageSettings read(Section section) {
    section.unsupported(
        "timeout", "nobody waits for the lock: a second process is refused at once");
    section.unsupported("compaction", "files are deleted as soon as nobody needs them");
    section.unsupported("recreate", "a damaged file never stops the start; what it cost is logged");
    section.unsupported("create_directory", "the folder is made when it is missing");
    section.unsupported("directory_permissions", "new folders are the user's alone");
    long maxBytes = section.longInteger("max_size", 0, 0, Long.MAX_VALUE);
    if (maxBytes > 0 && maxBytes < MAX_BYTES_MIN) {
      section.problem(
          "max_size",
          "must be 0, for no limit, or at least %d: a request has to fit".formatted(MAX_BYTES_MIN));
    }
    return new FileStorageSettings(
        section.string("directory", ""),
        section.bool("fsync", false),
        maxBytes,
        section.mebibytes("reserve_mib", JournalSettings.RESERVE_BYTES_DEFAULT, 1, RESERVE_MIB_MAX),
        section.duration("max_age", Duration.ZERO),
        section.choice("overflow", Overflow.REFUSE));
  }

  /** The journal of one pipeline, in a folder of its own below {@code root}. */
  public JournalSettings journal(Path root, String pipelineId) {
    return new JournalSettings(
        root.resolve(FileNames.encode(pipelineId)),
        fsync,
        maxBytes,
        reserveBytes,
        maxAge,
        overflow,
        JournalSettings.segmentBytes(maxBytes),
        JournalSettings.QUEUE_BYTES_DEFAULT);
  }
}
