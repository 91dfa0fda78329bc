package dev.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Used by one thread at a time. */
public interface DiskFile extends Closeable {
  /** Reads what is there from {@code position} on, at most what fits; -1 at the end. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes all that remains in {@code source}, or throws after some of it. */
  void write(ByteBuffer source, long position) throws IOException;

  long size() throws IOException;

  void truncate(long size) throws IOException;

  /**
   * Returns when the file's bytes are on the medium. After it has thrown, nothing is known about
   * what was written since it last returned, and another try would lie: the kernel has marked those
   * pages clean.
   */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
