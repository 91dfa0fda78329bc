package dev.sluice.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * The content of a file on a {@link ModelDisk}, whatever its name: as the kernel has it, and as the
 * medium has it.
 */
final class ModelContent {
  private static final int PAGE_BYTES = 4096;

  byte[] kernel = new byte[0];
  byte[] medium = new byte[0];

  /** The pages that the kernel has yet to write. */
  final BitSet dirty = new BitSet();

  void write(ByteBuffer source, long position, int length) {
    int end = Math.toIntExact(position + length);
    if (end > kernel.length) {
      kernel = Arrays.copyOf(kernel, end);
    }
    source.get(kernel, (int) position, length);
    if (length > 0) {
      dirty.set((int) position / PAGE_BYTES, (end - 1) / PAGE_BYTES + 1);
    }
  }

  void force() {
    medium = Arrays.copyOf(medium, kernel.length);
    for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
      int at = page * PAGE_BYTES;
      int end = Math.min(kernel.length, at + PAGE_BYTES);
      if (at < end) {
        System.arraycopy(kernel, at, medium, at, end - at);
      }
    }
    dirty.clear();
  }

  /** As a kernel does: the pages count as written, though they are not. */
  void failToForce() {
    dirty.clear();
  }

  void losePower(SplittableRandom random) {
    int least = Math.min(kernel.length, medium.length);
    int most = Math.max(kernel.length, medium.length);
    byte[] left = Arrays.copyOf(medium, random.nextInt(least, most + 1));
    for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
      int at = page * PAGE_BYTES;
      int end = Math.min(Math.min(left.length, kernel.length), at + PAGE_BYTES);
      if (random.nextBoolean() && at < end) {
        System.arraycopy(kernel, at, left, at, end - at);
      }
    }
    kernel = left;
    medium = left.clone();
    dirty.clear();
  }
}
