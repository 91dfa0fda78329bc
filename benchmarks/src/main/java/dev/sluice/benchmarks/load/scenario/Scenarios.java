package dev.sluice.benchmarks.load.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios, in the order of the documentation. */
public final class Scenarios {
  public static final List<Scenario> ALL =
      List.of(
          new Capacity(),
          new Latency(),
          new Overload(),
          new Connections(),
          new SeriesCount(),
          new Backlog(),
          new CoreCount(),
          new Start());

  private Scenarios() {}

  /** The scenario of that name. */
  public static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
