package dev.sluice.exporters.loki;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies of a few bytes. Hot path: eight bytes a step, where a call of the JVM's stub costs more.
 */
final class ShortCopy {
  /** How much may be written after what is copied. */
  static final int SLACK = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SHORT_MAX = 64;

  private ShortCopy() {}

  /** Copies; up to {@link #SLACK} bytes of {@code target} after them are overwritten. */
  static void copy(byte[] source, int offset, byte[] target, int at, int length) {
    if (length > SHORT_MAX || offset + length > source.length - SLACK) {
      System.arraycopy(source, offset, target, at, length);
      return;
    }
    for (int i = 0; i < length; i += Long.BYTES) {
      LONG.set(target, at + i, (long) LONG.get(source, offset + i));
    }
  }
}
