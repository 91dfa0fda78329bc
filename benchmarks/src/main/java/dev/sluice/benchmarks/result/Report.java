package dev.sluice.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results and comparisons as Markdown tables. */
public final class Report {
  private Report() {}

  /**
   * One row a figure, one column a subject; ratios are the first subject's figure over another's.
   */
  public static String table(Results results) {
    Set<String> subjects = new LinkedHashSet<>();
    Map<String, Map<String, Measurement>> rows = new LinkedHashMap<>();
    for (Measurement measurement : results.measurements()) {
      subjects.add(measurement.subject());
      String row = measurement.target() + " | " + measurement.metric() + ", " + measurement.unit();
      rows.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(measurement.subject(), measurement);
    }
    List<String> names = List.copyOf(subjects);
    List<String> heads = new ArrayList<>(List.of("case", "figure"));
    heads.addAll(names);
    names.stream().skip(1).forEach(name -> heads.add(names.getFirst() + " / " + name));
    StringBuilder text = new StringBuilder(head(heads));
    rows.forEach((row, cells) -> text.append(row(row, names, cells)));
    return text.toString();
  }

  private static String row(String row, List<String> names, Map<String, Measurement> cells) {
    StringBuilder text = new StringBuilder("| ").append(row).append(" |");
    for (String name : names) {
      Measurement cell = cells.get(name);
      text.append(' ').append(cell == null ? "" : withInterval(cell)).append(" |");
    }
    Measurement first = cells.get(names.getFirst());
    for (String name : names.subList(1, names.size())) {
      Measurement other = cells.get(name);
      text.append(' ').append(ratio(first, other)).append(" |");
    }
    return text.append('\n').toString();
  }

  private static String ratio(@Nullable Measurement first, @Nullable Measurement other) {
    return first == null || other == null || other.value() == 0
        ? ""
        : number(first.value() / other.value());
  }

  /** The change from a baseline: old, new, their ratio, and whether the intervals overlap. */
  public static String table(Comparison comparison) {
    StringBuilder text =
        new StringBuilder(
            head(List.of("subject", "case", "figure", "old", "new", "new / old", "change")));
    for (Comparison.Change change : comparison.changes()) {
      Measurement after = change.after();
      text.append(
          "| %s | %s | %s, %s | %s | %s | %s | %s |%n"
              .formatted(
                  after.subject(),
                  after.target(),
                  after.metric(),
                  after.unit(),
                  withInterval(change.before()),
                  withInterval(after),
                  number(change.ratio()),
                  change.isClear() ? "clear" : "intervals overlap"));
    }
    text.append(unmatched("only in the baseline", comparison.missing()));
    return text.append(unmatched("not in the baseline", comparison.added())).toString();
  }

  private static String unmatched(String what, List<Measurement> measurements) {
    return measurements.isEmpty() ? "" : "(%d figures %s)%n".formatted(measurements.size(), what);
  }

  private static String head(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n|" + "---|".repeat(cells.size()) + "\n";
  }

  private static String withInterval(Measurement measurement) {
    String value = number(measurement.value());
    boolean point = measurement.low() == measurement.high();
    return point
        ? value
        : value + " (" + number(measurement.low()) + "–" + number(measurement.high()) + ")";
  }

  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 1 || size == 0 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
