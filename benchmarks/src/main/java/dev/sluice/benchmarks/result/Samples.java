package dev.sluice.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of rounds as they come in, and the measurements that they make. Used by one thread.
 */
public final class Samples {
  private final Map<Measurement.Key, Series> series = new LinkedHashMap<>();

  private record Series(String unit, List<Double> values) {}

  /** Adds the value of one round. */
  public void add(String subject, String target, String metric, String unit, double value) {
    series
        .computeIfAbsent(
            new Measurement.Key(subject, target, metric), _ -> new Series(unit, new ArrayList<>()))
        .values
        .add(value);
  }

  /** One measurement for all rounds of the same key, in the order of first appearance. */
  public List<Measurement> measurements() {
    List<Measurement> measurements = new ArrayList<>();
    series.forEach((key, rounds) -> measurements.add(measurement(key, rounds)));
    return measurements;
  }

  private static Measurement measurement(Measurement.Key key, Series rounds) {
    List<Double> sorted = rounds.values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Measurement(
        key.subject(),
        key.target(),
        key.metric(),
        rounds.unit,
        median,
        sorted.getFirst(),
        sorted.getLast(),
        sorted.size());
  }
}
