package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies JSON strings as UTF-8 from one array to another. Hot path, measured by {@code
 * ValidatorBenchmark}: eight bytes a step until one of them is special. Stateless.
 */
final class JsonStrings {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long BLANKS = ' ' * ONES;
  private static final byte[] HEX = hexValues();

  /** Longer strings are left to the general way, which knows Jackson's limits. */
  private static final int STRING_BYTES_MAX = 8 << 20;

  private static final int STEP = Long.BYTES;

  /** What a turn may write: a step, of which some bytes are not kept, and a character. */
  private static final int ROOM = STEP + 4;

  /** The length of an escape of one UTF-16 unit. */
  private static final int UNIT_LENGTH = 6;

  private JsonStrings() {}

  private static byte[] hexValues() {
    byte[] values = new byte[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Character.digit(i, 16);
    }
    return values;
  }

  /** Copies the string that begins after the quote at {@code from - 1}; returns where it ended. */
  static int copy(byte[] json, int from, WireWriter out) {
    int at = from;
    byte[] target = out.reserve(ROOM);
    int to = out.size();
    while (at < json.length) {
      if (target.length - to < ROOM) {
        out.advance(to - out.size());
        target = out.reserve(ROOM);
      }
      if (json.length - at >= STEP) {
        long word = (long) LONG.get(json, at);
        LONG.set(target, to, word);
        long special = special(word);
        int plain = Long.numberOfTrailingZeros(special) >>> 3;
        at += plain;
        to += plain;
        if (special == 0) {
          continue;
        }
      }
      byte next = json[at];
      if (next == '"') {
        out.advance(to - out.size());
        return checked(at - from, at + 1);
      }
      if (next == '\\') {
        int character = escaped(json, at);
        at += escapeLength(json, at, character);
        to += Utf8.encode(character, target, to);
      } else {
        int length = characterLength(json, at);
        for (int end = at + length; at < end; at++) {
          target[to++] = json[at];
        }
      }
    }
    throw new NotPlainException();
  }

  private static int checked(int length, int end) {
    if (length > STRING_BYTES_MAX) {
      throw new NotPlainException();
    }
    return end;
  }

  /**
   * The high bit of each byte that is a quote, a backslash, a control or no ASCII; lowest exact.
   */
  private static long special(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long equal = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
    long control = (word - BLANKS) & ~word;
    return (equal | control | word) & HIGH_BITS;
  }

  /** The length of a character that is no escape. */
  private static int characterLength(byte[] json, int at) {
    int length = json[at] >= 0 ? 1 : Utf8.sequenceLength(json, at, json.length);
    if (length == 0 || (json[at] >= 0 && json[at] < ' ')) {
      throw new NotPlainException();
    }
    return length;
  }

  /** The code point of the escape at a backslash. */
  private static int escaped(byte[] json, int at) {
    return switch (at + 1 < json.length ? json[at + 1] : 0) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codePoint(json, at);
      default -> throw new NotPlainException();
    };
  }

  private static int escapeLength(byte[] json, int at, int codePoint) {
    if (json[at + 1] != 'u') {
      return 2;
    }
    return Character.isBmpCodePoint(codePoint) ? UNIT_LENGTH : 2 * UNIT_LENGTH;
  }

  /** What one unit escape stands for, or two; half a pair is left to the general way. */
  private static int codePoint(byte[] json, int at) {
    char first = unit(json, at);
    if (!Character.isSurrogate(first)) {
      return first;
    }
    char second = unit(json, at + UNIT_LENGTH);
    if (!Character.isSurrogatePair(first, second)) {
      throw new NotPlainException();
    }
    return Character.toCodePoint(first, second);
  }

  private static char unit(byte[] json, int at) {
    boolean escape = json.length - at >= UNIT_LENGTH && json[at] == '\\' && json[at + 1] == 'u';
    int value = 0;
    int all = escape ? 0 : -1;
    for (int i = at + 2; escape && i < at + UNIT_LENGTH; i++) {
      int digit = HEX[json[i] & 0xff];
      all |= digit;
      value = value << 4 | (digit & 0xf);
    }
    if (all < 0) {
      throw new NotPlainException();
    }
    return (char) value;
  }

  /**
   * Copies bytes from the hexadecimal digits of the string that begins after the quote at {@code
   * from - 1}; returns where it ended.
   */
  static int copyHex(byte[] json, int from, int size, WireWriter out) {
    int end = from + 2 * size;
    if (json.length <= end || json[end] != '"') {
      throw new NotPlainException();
    }
    byte[] target = out.reserve(size);
    int to = out.size();
    int all = 0;
    for (int i = from; i < end; i += 2) {
      int high = HEX[json[i] & 0xff];
      int low = HEX[json[i + 1] & 0xff];
      all |= high | low;
      target[to++] = (byte) (high << 4 | low);
    }
    if (all < 0) {
      throw new NotPlainException();
    }
    out.advance(size);
    return end + 1;
  }
}
