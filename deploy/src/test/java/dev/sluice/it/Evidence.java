package dev.sluice.it;

/** What a test sent and found, for a person to read in the build's output. Thread-safe. */
final class Evidence {
  private Evidence() {}

  /** Writes a line. */
  static void show(String format, Object... values) {
    System.out.println("IT | " + (values.length == 0 ? format : format.formatted(values)));
  }
}
