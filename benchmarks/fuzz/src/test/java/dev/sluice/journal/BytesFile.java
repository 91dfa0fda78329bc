package dev.sluice.journal;

import java.nio.ByteBuffer;

/** A file that is an array, to be read only. */
record BytesFile(byte[] bytes) implements DiskFile {
  @Override
  public int read(ByteBuffer target, long position) {
    if (position >= bytes.length) {
      return -1;
    }
    int length = (int) Math.min(target.remaining(), bytes.length - position);
    target.put(bytes, (int) position, length);
    return length;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void write(ByteBuffer source, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
