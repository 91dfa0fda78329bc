package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells well-formed UTF-8 (Unicode table 3-7: no overlong forms, no surrogates, nothing above
 * U+10FFFF), which is what a proto3 string must be. Hot path: eight ASCII bytes a step, no
 * allocation; measured as a part of {@code ValidatorBenchmark}. Stateless.
 */
final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether {@code bytes[start, end)}, a range inside the array, is well-formed. */
  static boolean isValid(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < Long.BYTES) {
      return isShortAscii(bytes, start, length) || isValidSlowly(bytes, start, end);
    }
    int last = end - Long.BYTES;
    for (int i = start; i < last; i += Long.BYTES) {
      if (((long) LONG.get(bytes, i) & HIGH_BITS) != 0) {
        return isValidSlowly(bytes, i, end);
      }
    }
    // The last step may overlap the one before it; nothing before it was other than ASCII.
    return ((long) LONG.get(bytes, last) & HIGH_BITS) == 0 || isValidSlowly(bytes, start, end);
  }

  /** Whether a range of at least eight bytes is ASCII. */
  static boolean isAscii(byte[] bytes, int start, int end) {
    int last = end - Long.BYTES;
    // The last step may overlap the one before it.
    long seen = (long) LONG.get(bytes, last);
    for (int i = start; i < last; i += Long.BYTES) {
      seen |= (long) LONG.get(bytes, i);
    }
    return (seen & HIGH_BITS) == 0;
  }

  private static boolean isShortAscii(byte[] bytes, int start, int length) {
    if (length == 0) {
      return true;
    }
    if (bytes.length - start < Long.BYTES) {
      return false;
    }
    // Little-endian: the string's bytes are the low ones; those after it are masked off.
    long own = HIGH_BITS >>> (Long.SIZE - (length << 3));
    return ((long) LONG.get(bytes, start) & own) == 0;
  }

  private static boolean isValidSlowly(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end) {
      int first = bytes[i];
      if (first >= 0) {
        i++;
        continue;
      }
      int length = sequenceLength(bytes, i, end);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** The length of the well-formed sequence of two to four bytes at {@code i}, or 0. */
  static int sequenceLength(byte[] bytes, int i, int end) {
    int first = bytes[i] & 0xff;
    if (first < 0xe0) {
      return first >= 0xc2 && end - i >= 2 && isTail(bytes[i + 1]) ? 2 : 0;
    }
    if (first < 0xf0) {
      return end - i >= 3 && isSecondOfThree(first, bytes[i + 1]) && isTail(bytes[i + 2]) ? 3 : 0;
    }
    boolean four =
        first <= 0xf4
            && end - i >= 4
            && isSecondOfFour(first, bytes[i + 1])
            && isTail(bytes[i + 2])
            && isTail(bytes[i + 3]);
    return four ? 4 : 0;
  }

  private static boolean isTail(byte next) {
    return next < (byte) 0xc0;
  }

  private static boolean isSecondOfThree(int first, byte second) {
    if (!isTail(second)) {
      return false;
    }
    int value = second & 0xff;
    // No overlong form of what fits in two bytes, no surrogate.
    return (first != 0xe0 || value >= 0xa0) && (first != 0xed || value < 0xa0);
  }

  private static boolean isSecondOfFour(int first, byte second) {
    if (!isTail(second)) {
      return false;
    }
    int value = second & 0xff;
    // No overlong form of what fits in three bytes, nothing above U+10FFFF.
    return (first != 0xf0 || value >= 0x90) && (first != 0xf4 || value < 0x90);
  }

  /** Writes a code point, of up to four bytes; returns how many. */
  static int encode(int codePoint, byte[] target, int at) {
    if (codePoint < 0x80) {
      target[at] = (byte) codePoint;
      return 1;
    }
    if (codePoint < 0x800) {
      target[at] = (byte) (0xc0 | codePoint >>> 6);
      target[at + 1] = tail(codePoint);
      return 2;
    }
    if (codePoint < 0x1_0000) {
      target[at] = (byte) (0xe0 | codePoint >>> 12);
      target[at + 1] = tail(codePoint >>> 6);
      target[at + 2] = tail(codePoint);
      return 3;
    }
    target[at] = (byte) (0xf0 | codePoint >>> 18);
    target[at + 1] = tail(codePoint >>> 12);
    target[at + 2] = tail(codePoint >>> 6);
    target[at + 3] = tail(codePoint);
    return 4;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  /**
   * Refuses JSON with the byte 0xff, which is never in UTF-8. Jackson pads names with it, so it
   * would take a known name that has one more for the name itself.
   *
   * @throws MalformedException with its line and column
   */
  static void refuseFf(byte[] json) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n') {
        line++;
        lineStart = i + 1;
      } else if (json[i] == (byte) 0xff) {
        throw new MalformedException(
            "the request is not JSON in UTF-8: the byte 0xff at line %d, column %d"
                .formatted(line, i - lineStart + 1));
      }
    }
  }
}
