package dev.sluice.exporters.loki;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of a range of bytes, eight at a time. Hot path; not for hostile tables without a bound.
 */
final class RawHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private RawHash() {}

  static int of(byte[] bytes, int offset, int length) {
    long hash = length * PRIME;
    int position = offset;
    int end = offset + length;
    for (; position <= end - Long.BYTES; position += Long.BYTES) {
      hash = mix(hash, (long) LONG.get(bytes, position));
    }
    long rest = 0;
    for (; position < end; position++) {
      rest = rest << 8 | (bytes[position] & 0xff);
    }
    hash = mix(hash, rest);
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long hash, long next) {
    long mixed = (hash ^ next) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
