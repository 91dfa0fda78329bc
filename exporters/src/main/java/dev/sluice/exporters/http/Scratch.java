package dev.sluice.exporters.http;

import java.util.Arrays;

/** Memory for one encoder's output before its size is known. Used by one thread at a time. */
final class Scratch {
  /** More than this is not kept between bodies. */
  private static final int KEPT_BYTES_MAX = 4 << 20;

  private byte[] array = new byte[0];

  /** An array of at least {@code bytes}, with the old content of the last one lost. */
  byte[] atLeast(int bytes) {
    if (array.length < bytes) {
      array = new byte[bytes];
    }
    return array;
  }

  /** An array twice as large, holding the first {@code used} bytes. */
  byte[] grown(int used) {
    byte[] larger = new byte[Math.max(4096, Math.multiplyExact(array.length, 2))];
    System.arraycopy(array, 0, larger, 0, used);
    array = larger;
    return array;
  }

  /** The first {@code used} bytes as a body of their own. */
  Body take(int used) {
    Body body = Body.of(Arrays.copyOf(array, used));
    if (array.length > KEPT_BYTES_MAX) {
      array = new byte[0];
    }
    return body;
  }
}
