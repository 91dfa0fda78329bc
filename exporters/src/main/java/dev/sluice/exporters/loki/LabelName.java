package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * The rule that turns an attribute's key into the name of a label or of structured metadata: the
 * one of {@code prometheus/otlptranslator}, which Loki applies to what it is sent. Hot path.
 *
 * <p>Each run of anything but ASCII letters and digits becomes one underscore; a leading digit is
 * prefixed with {@code key_}; {@code __x__} keeps its double underscores. A key with no letter and
 * no digit has no such name, and Loki 3.7 answers 500 to the whole request when it is sent one: it
 * is named {@code attribute} here.
 */
final class LabelName {
  private static final byte[] RESERVED = {'_', '_'};
  private static final byte[] DIGIT_PREFIX = "key_".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NAMELESS = "attribute".getBytes(StandardCharsets.UTF_8);

  private LabelName() {}

  /** Writes the name for the key in {@code source[offset, offset + length)}, without a length. */
  static void write(byte[] source, int offset, int length, WireWriter out) {
    int start = out.size();
    int from = offset;
    int to = offset + length;
    boolean reserved = isReserved(source, offset, length);
    if (reserved) {
      out.raw(RESERVED, 0, RESERVED.length);
      from += 2;
      to -= 2;
    } else if (length > 0 && isDigit(source[offset])) {
      out.raw(DIGIT_PREFIX, 0, DIGIT_PREFIX.length);
    }
    boolean named = writeParts(source, from, to, out);
    if (!named) {
      out.truncate(start);
      out.raw(NAMELESS, 0, NAMELESS.length);
    } else if (reserved) {
      out.raw(RESERVED, 0, RESERVED.length);
    }
  }

  /** The name for a key; allocates, so not for the hot path. */
  static String of(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    WireWriter out = new WireWriter(bytes.length + DIGIT_PREFIX.length);
    write(bytes, 0, bytes.length, out);
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private static boolean writeParts(byte[] source, int from, int to, WireWriter out) {
    boolean named = false;
    boolean gap = false;
    for (int i = from; i < to; i++) {
      byte next = source[i];
      if (isLetterOrDigit(next)) {
        out.rawByte(next);
        named = true;
        gap = false;
      } else if (!gap) {
        out.rawByte('_');
        gap = true;
      }
    }
    return named;
  }

  private static boolean isReserved(byte[] source, int offset, int length) {
    int end = offset + length;
    return length >= 4
        && source[offset] == '_'
        && source[offset + 1] == '_'
        && source[end - 2] == '_'
        && source[end - 1] == '_';
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static boolean isLetterOrDigit(byte value) {
    int lower = value | 0x20;
    return (lower >= 'a' && lower <= 'z') || isDigit(value);
  }
}
