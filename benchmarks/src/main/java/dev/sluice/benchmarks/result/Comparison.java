package dev.sluice.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The change from a baseline to a new run, measurement by measurement.
 *
 * @param changes of what both have, in the order of the new run
 * @param missing what only the baseline has
 * @param added what only the new run has
 */
public record Comparison(List<Change> changes, List<Measurement> missing, List<Measurement> added) {
  /** One measurement, then and now. */
  public record Change(Measurement before, Measurement after) {
    /** New over old: 1 is no change; infinite when only the old was 0. */
    public double ratio() {
      return after.value() == before.value() ? 1 : after.value() / before.value();
    }

    /**
     * Whether the intervals lie apart, so that the difference is more than the spread of rounds.
     */
    public boolean isClear() {
      return !before.overlaps(after);
    }
  }

  public static Comparison of(Results baseline, Results now) {
    Map<Measurement.Key, Measurement> left =
        baseline.measurements().stream()
            .collect(Collectors.toMap(Measurement::key, Function.identity()));
    List<Change> changes = new ArrayList<>();
    List<Measurement> added = new ArrayList<>();
    for (Measurement after : now.measurements()) {
      Measurement before = left.remove(after.key());
      if (before == null) {
        added.add(after);
      } else {
        changes.add(new Change(before, after));
      }
    }
    List<Measurement> missing =
        baseline.measurements().stream().filter(left::containsValue).toList();
    return new Comparison(changes, missing, added);
  }
}
