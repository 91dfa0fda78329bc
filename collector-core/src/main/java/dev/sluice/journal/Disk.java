package dev.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The operations on files that the journal needs, and no others: so that a test can fail, tear and
 * forget each of them. Thread-safe.
 */
public interface Disk {
  /** Makes a folder and those above it, where they are missing. */
  void createFolder(Path folder) throws IOException;

  /** The names in a folder, in no order. */
  List<String> list(Path folder) throws IOException;

  /** A new empty file for reading and writing, in place of one of this name. */
  DiskFile create(Path file) throws IOException;

  /** A file that exists, for reading and writing. */
  DiskFile open(Path file) throws IOException;

  /** A file that exists, for reading only. */
  DiskFile openToRead(Path file) throws IOException;

  /** Returns when the names in a folder are on the medium. */
  void forceFolder(Path folder) throws IOException;

  /** Renames a file within its folder, atomically, in place of one of that name. */
  void rename(Path source, Path target) throws IOException;

  /** Deletes a file; nothing happens when it is not there. */
  void delete(Path file) throws IOException;

  /** What can still be written on the file system of a folder. */
  long usableBytes(Path folder) throws IOException;

  /**
   * Locks a file against all other processes, making it if it is missing, until it is closed.
   *
   * @throws IOException when another has it, saying who
   */
  Closeable lock(Path file) throws IOException;
}
