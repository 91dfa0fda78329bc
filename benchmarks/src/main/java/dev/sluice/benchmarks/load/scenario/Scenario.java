package dev.sluice.benchmarks.load.scenario;

import java.io.IOException;

/** Something to measure, with every collector of the settings. */
public sealed interface Scenario
    permits Backlog, Capacity, Connections, CoreCount, Latency, Overload, SeriesCount, Start {
  /** The word of the command line, and the name of its file of results. */
  String name();

  /** One sentence of help. */
  String purpose();

  /** The cases when none are given. */
  default String defaultCases() {
    return "traces-grpc,traces-http";
  }

  /** Measures; figures go to {@link Bench#samples}. */
  void run(Bench bench) throws IOException, InterruptedException;
}
