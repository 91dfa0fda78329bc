package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text of ASCII, to be looked for in bytes. Hot path: eight bytes a step. Immutable. */
final class Words {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] text;
  private final long[] words;

  /** Which bits of the last word are the text's. */
  private final long mask;

  Words(String ascii) {
    text = ascii.getBytes(StandardCharsets.US_ASCII);
    byte[] padded = Arrays.copyOf(text, (text.length + 7) & ~7);
    words = new long[padded.length / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = (long) LONG.get(padded, i * Long.BYTES);
    }
    mask = -1L >>> ((padded.length - text.length) * Byte.SIZE);
  }

  int length() {
    return text.length;
  }

  /** Whether the text stands at {@code bytes[at]}. */
  boolean isAt(byte[] bytes, int at) {
    int last = words.length - 1;
    if (bytes.length - at < (last + 1) * Long.BYTES) {
      return isAtEnd(bytes, at);
    }
    for (int i = 0; i < last; i++) {
      if ((long) LONG.get(bytes, at + i * Long.BYTES) != words[i]) {
        return false;
      }
    }
    return ((long) LONG.get(bytes, at + last * Long.BYTES) & mask) == words[last];
  }

  private boolean isAtEnd(byte[] bytes, int at) {
    return bytes.length - at >= text.length
        && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }
}
