package dev.sluice.journal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** How the files of a journal are called. */
final class FileNames {
  static final String SEGMENT = ".seg";
  static final String CURSOR = ".cursor";
  static final String TEMPORARY = ".tmp";

  /** Beside a file that could not be read whole: kept for a person. */
  static final String CORRUPT = ".corrupt";

  /** Beside the cursor of an exporter that does not follow any more. */
  static final String ORPHAN = ".orphan";

  static final String LOCK = "lock";
  static final String IDENTITY = "identity";

  private static final int SEQUENCE_DIGITS = 20;

  private FileNames() {}

  static String segment(long base) {
    return String.format("%0" + SEQUENCE_DIGITS + "d", base) + SEGMENT;
  }

  /** The sequence in the name of a segment; -1 when it is none. */
  static long base(String name) {
    if (!name.matches("[0-9]{" + SEQUENCE_DIGITS + "}\\" + SEGMENT)) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(0, SEQUENCE_DIGITS));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static String cursor(String exporterId) {
    return encode(exporterId) + CURSOR;
  }

  /** The exporter of a cursor file's name. */
  static String exporter(String name) {
    return decode(name.substring(0, name.length() - CURSOR.length()));
  }

  /** An id as the name of a file or folder: all but letters, digits, '_' and '-' as %XX. */
  static String encode(String id) {
    StringBuilder name = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b == '_' || b == '-' || (b >= '0' && b <= '9') || isLetter(b);
      if (plain) {
        name.append((char) b);
      } else {
        name.append('%').append(String.format("%02X", b));
      }
    }
    return name.toString();
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  static String decode(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // not one of ours
    }
  }
}
