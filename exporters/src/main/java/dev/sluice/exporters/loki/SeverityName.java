package dev.sluice.exporters.loki;

/** The names of {@code SeverityNumber}s as the old exporter's {@code level} label has them. */
final class SeverityName {
  private static final String[] NAMES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
  private static final int STEPS = 4;
  private static final long LAST = 24;

  private SeverityName() {}

  /** The name of 1 to 24, as {@code INFO} or {@code INFO2}; empty for any other number. */
  static String of(long number) {
    if (number < 1 || number > LAST) {
      return "";
    }
    int index = (int) number - 1;
    int step = index % STEPS + 1;
    return NAMES[index / STEPS] + (step == 1 ? "" : step);
  }
}
