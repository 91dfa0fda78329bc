package dev.sluice.exporters.prometheus;

import java.util.Map;

/**
 * UCUM units as Prometheus words, as in prometheus/otlptranslator: {@code ms} is {@code
 * milliseconds}, {@code By/s} is {@code bytes} and {@code per_second}. Units in braces are
 * comments.
 */
final class Units {
  private static final Map<String, String> MAIN =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private Units() {}

  /** The part of a unit before the slash, as a word; empty when it gives no suffix. */
  static String main(String unit) {
    int slash = unit.indexOf('/');
    String main = (slash < 0 ? unit : unit.substring(0, slash)).strip();
    return isComment(main) ? "" : MAIN.getOrDefault(main, main);
  }

  /** The part of a unit after the slash, as {@code per_} and a word; empty when there is none. */
  static String per(String unit) {
    int slash = unit.indexOf('/');
    String per = slash < 0 ? "" : unit.substring(slash + 1).strip();
    return per.isEmpty() || isComment(per) ? "" : "per_" + PER.getOrDefault(per, per);
  }

  /** The unit as Prometheus metadata has it. */
  static String metadata(String unit) {
    String main = clean(main(unit));
    String per = clean(per(unit));
    String joined = main.isEmpty() || per.isEmpty() ? main + per : main + "_" + per;
    String led = joined.startsWith("_") ? joined.substring(1) : joined;
    return led.endsWith("_") ? led.substring(0, led.length() - 1) : led;
  }

  /** A unit's word with invalid characters replaced, runs of underscores joined, none leading. */
  static String clean(String word) {
    StringBuilder clean = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
      int c = word.codePointAt(i);
      boolean valid = MetricNamer.isValid(c);
      boolean repeated = clean.isEmpty() || clean.charAt(clean.length() - 1) == '_';
      if (valid) {
        clean.append((char) c);
      } else if (!repeated) {
        clean.append('_');
      }
    }
    return clean.toString();
  }

  private static boolean isComment(String unit) {
    return unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
  }
}
