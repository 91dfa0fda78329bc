package dev.sluice.benchmarks.plot;

import static java.util.Locale.ROOT;

import dev.sluice.benchmarks.result.Measurement;
import dev.sluice.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * The plots of each scenario: bars by case, a colour for each collector, and as error bars the
 * least and greatest of the rounds.
 */
public final class Plots {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 420;
  private static final int BARS_MAX = 24;

  private Plots() {}

  /** Draws what there is to draw of the results; returns the files. */
  public static List<Path> draw(Results results, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String metric : metrics(results.scenario())) {
      files.addAll(draw(results, metric, folder));
    }
    return files;
  }

  /** The figures that are worth a plot. */
  private static List<String> metrics(String scenario) {
    return switch (scenario) {
      case "capacity" -> List.of("cpu", "accepted", "peak RSS");
      case "latency" -> List.of("p50", "p99", "p99.9");
      case "overload" -> List.of("accepted of capacity", "peak RSS", "recovery");
      case "series" -> List.of("cpu", "peak RSS");
      case "start" -> List.of("ready", "idle RSS");
      case "jmh" -> List.of("time", "allocated");
      default -> List.of("cpu");
    };
  }

  private static List<Path> draw(Results results, String metric, Path folder) throws IOException {
    List<Measurement> measurements = results.measurements().stream().filter(with(metric)).toList();
    if (measurements.isEmpty()) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    List<List<Measurement>> pages = pages(measurements);
    for (int page = 0; page < pages.size(); page++) {
      String number = pages.size() == 1 ? "" : "-" + (page + 1);
      String name =
          (results.scenario() + "-" + metric + number)
              .toLowerCase(ROOT)
              .replaceAll("[^a-z0-9]+", "-");
      Path file = folder.resolve(name + ".png");
      CategoryChart chart = chart(results, pages.get(page));
      BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
      files.add(file);
    }
    return files;
  }

  private static Predicate<Measurement> with(String metric) {
    return measurement -> measurement.metric().equals(metric);
  }

  /** Benchmarks of JMH are drawn a class each; the cases of a scenario together. */
  private static List<List<Measurement>> pages(List<Measurement> measurements) {
    Map<String, List<Measurement>> pages = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      boolean jmh = measurement.subject().equals("jmh");
      String page = jmh ? measurement.target().replaceAll("\\..*", "") : "";
      pages.computeIfAbsent(page, _ -> new ArrayList<>()).add(measurement);
    }
    return pages.values().stream()
        .map(page -> page.subList(0, Math.min(page.size(), BARS_MAX)))
        .toList();
  }

  private static CategoryChart chart(Results results, List<Measurement> measurements) {
    Measurement first = measurements.getFirst();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(results.scenario() + ": " + first.metric())
            .yAxisTitle(first.unit())
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setXAxisLabelRotation(20);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    Set<String> targets = new LinkedHashSet<>();
    Set<String> subjects = new LinkedHashSet<>();
    for (Measurement measurement : measurements) {
      targets.add(measurement.target());
      subjects.add(measurement.subject());
    }
    for (String subject : subjects) {
      addSeries(chart, subject, List.copyOf(targets), measurements);
    }
    return chart;
  }

  private static void addSeries(
      CategoryChart chart, String subject, List<String> targets, List<Measurement> measurements) {
    List<Double> values = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (String target : targets) {
      double value = 0;
      double error = 0;
      for (Measurement measurement : measurements) {
        if (measurement.subject().equals(subject) && measurement.target().equals(target)) {
          value = measurement.value();
          error = Math.max(measurement.high() - value, value - measurement.low());
        }
      }
      values.add(value);
      errors.add(error);
    }
    chart.addSeries(subject, targets.stream().map(Plots::label).toList(), values, errors);
  }

  private static String label(String target) {
    return target.replaceAll("^\\w+Benchmark\\.", "");
  }
}
