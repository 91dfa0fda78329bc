package dev.sluice.ledger;

/**
 * What people know an item by.
 *
 * @param id in hexadecimal: a trace's id, or a hash of the whole body or of the whole series
 * @param text empty for a trace; the beginning of a body; a series as {@code name{key="value"}}
 */
record Subject(String id, String text) {
  private static final char SEPARATOR = ' ';

  /** Both as one text, for the disk. */
  String line() {
    return text.isEmpty() ? id : id + SEPARATOR + text;
  }

  static Subject ofLine(String line) {
    int end = line.indexOf(SEPARATOR);
    return end < 0
        ? new Subject(line, "")
        : new Subject(line.substring(0, end), line.substring(end + 1));
  }
}
