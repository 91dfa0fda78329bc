package dev.sluice.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.UUID;

/** The name of a journal, in a file of its own: what is of another one does not belong to it. */
final class Identity {
  private static final int BYTES = 36;

  private Identity() {}

  /**
   * Reads it. Where it is missing or damaged, it is that of the newest segment; where there is
   * none, the journal is new.
   */
  static UUID read(Disk disk, Path folder, Collection<SegmentHeader> headers) throws IOException {
    Path path = folder.resolve(FileNames.IDENTITY);
    if (disk.list(folder).contains(FileNames.IDENTITY)) {
      try (DiskFile file = disk.openToRead(path)) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
          // until all of it is read
        }
        return UUID.fromString(
            new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
      } catch (IllegalArgumentException e) {
        // Damaged: as if it were missing.
      }
    }
    UUID journal = UUID.randomUUID();
    for (SegmentHeader header : headers) {
      journal = header.journal();
    }
    write(disk, folder, path, journal);
    return journal;
  }

  private static void write(Disk disk, Path folder, Path path, UUID journal) throws IOException {
    Path temporary = folder.resolve(FileNames.IDENTITY + FileNames.TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      file.write(ByteBuffer.wrap(journal.toString().getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    disk.rename(temporary, path);
    disk.forceFolder(folder);
  }
}
