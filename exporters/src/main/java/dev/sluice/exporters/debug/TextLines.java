package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Lines of {@code verbosity: detailed}, as the Collector lays them out. */
final class TextLines {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  void line(String name, Object value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  /** A field of a span, with its name padded. */
  void padded(String name, Object value) {
    text.append(String.format(Locale.ROOT, "    %-15s: %s\n", name, value));
  }

  /** A number that is said only when there is something to say. */
  void nonZero(String name, long value) {
    if (value != 0) {
      line(name, value);
    }
  }

  void attributes(String header, List<Fields> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    int arrow = header.indexOf("->");
    String indent = arrow < 0 ? "" : header.substring(0, arrow);
    line(header + ":");
    for (Fields attribute : attributes) {
      String value = Values.typed(attribute.message(Otlp.KeyValue.VALUE));
      line(indent + "     -> " + attribute.text(Otlp.KeyValue.KEY), value);
    }
  }

  /** Nanoseconds since the epoch, unsigned, as a date. */
  static String time(long epochNanos) {
    long seconds = Long.divideUnsigned(epochNanos, NANOS_PER_SECOND);
    long nanos = Long.remainderUnsigned(epochNanos, NANOS_PER_SECOND);
    return TIME.format(Instant.ofEpochSecond(seconds, nanos));
  }

  /** The name of a number that the proto gives a name, or the number. */
  static String named(long number, String... names) {
    return number >= 0 && number < names.length ? names[(int) number] : String.valueOf(number);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
