package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * Strings as JSON, from UTF-8 bytes to UTF-8 bytes, escaped as Go's {@code encoding/json} does. Hot
 * path. What is not UTF-8 becomes {@code \ufffd}.
 */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = "\\ufffd".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  /**
   * Writes {@code source[offset, offset + length)} in quotes.
   *
   * @param escapeHtml whether {@code <}, {@code >} and {@code &} are escaped, as Go does by default
   */
  static void quote(byte[] source, int offset, int length, boolean escapeHtml, WireWriter out) {
    out.rawByte('"');
    int end = offset + length;
    int plain = offset;
    int position = offset;
    while (position < end) {
      int width = plainWidth(source, position, end, escapeHtml);
      if (width > 0) {
        position += width;
        continue;
      }
      out.raw(source, plain, position - plain);
      position += escape(source, position, end, out);
      plain = position;
    }
    out.raw(source, plain, end - plain);
    out.rawByte('"');
  }

  /** Writes a string in quotes; allocates. */
  static void quote(String text, boolean escapeHtml, WireWriter out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    quote(bytes, 0, bytes.length, escapeHtml, out);
  }

  /** How many bytes at {@code position} stand for themselves; 0 when they are to be escaped. */
  private static int plainWidth(byte[] source, int position, int end, boolean escapeHtml) {
    byte next = source[position];
    if (next < 0) {
      int width = Utf8.width(source, position, end);
      return isLineSeparator(source, position, width) ? 0 : width;
    }
    if (next < 0x20 || next == '"' || next == '\\') {
      return 0;
    }
    return escapeHtml && (next == '<' || next == '>' || next == '&') ? 0 : 1;
  }

  private static int escape(byte[] source, int position, int end, WireWriter out) {
    byte next = source[position];
    if (next < 0) {
      return escapeWide(source, position, end, out);
    }
    int letter = shortEscape(next);
    if (letter != 0) {
      out.rawByte('\\');
      out.rawByte(letter);
    } else {
      writeHex(next, out);
    }
    return 1;
  }

  private static int escapeWide(byte[] source, int position, int end, WireWriter out) {
    int width = Utf8.width(source, position, end);
    if (width == 0) {
      out.raw(REPLACEMENT, 0, REPLACEMENT.length);
      return 1;
    }
    writeHex(0x2000 | (source[position + 2] & 0x3f), out);
    return width;
  }

  private static int shortEscape(byte value) {
    return switch (value) {
      case '"', '\\' -> value;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  private static void writeHex(int unit, WireWriter out) {
    out.rawByte('\\');
    out.rawByte('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.rawByte(HEX[unit >> shift & 0xf]);
    }
  }

  /** U+2028 and U+2029, which JavaScript once took for ends of lines. */
  private static boolean isLineSeparator(byte[] source, int position, int width) {
    return width == 3
        && source[position] == (byte) 0xe2
        && source[position + 1] == (byte) 0x80
        && (source[position + 2] & 0xfe) == 0xa8;
  }
}
