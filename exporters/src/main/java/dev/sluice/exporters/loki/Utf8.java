package dev.sluice.exporters.loki;

/** UTF-8 in byte arrays. Hot path. */
final class Utf8 {
  private Utf8() {}

  /** The width of the character at {@code position}, or 0 when the bytes are not UTF-8 there. */
  static int width(byte[] source, int position, int end) {
    int first = source[position] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || end - position < width) {
      return 0;
    }
    int second = source[position + 1] & 0xff;
    if (second < secondMin(first) || second > secondMax(first)) {
      return 0;
    }
    for (int i = 2; i < width; i++) {
      if ((source[position + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return width;
  }

  /** The longest length up to {@code length} that does not cut a character. */
  static int cut(byte[] source, int offset, int length) {
    int cut = length;
    while (cut > 0 && length - cut < 4 && (source[offset + cut] & 0xc0) == 0x80) {
      cut--;
    }
    return cut;
  }

  private static int secondMin(int first) {
    return switch (first) {
      case 0xe0 -> 0xa0;
      case 0xf0 -> 0x90;
      default -> 0x80;
    };
  }

  private static int secondMax(int first) {
    return switch (first) {
      case 0xed -> 0x9f;
      case 0xf4 -> 0x8f;
      default -> 0xbf;
    };
  }
}
