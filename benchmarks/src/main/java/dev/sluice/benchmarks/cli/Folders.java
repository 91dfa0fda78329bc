package dev.sluice.benchmarks.cli;

import java.nio.file.Path;

/** Where things are, from the root of the repository, which {@code benchmarks/run} starts in. */
final class Folders {
  /** Committed. */
  static final Path BASELINES = Path.of("benchmarks", "results");

  /** Of runs that are not to be committed. */
  static final Path RESULTS = Path.of("benchmarks", "target", "results");

  static final Path PLOTS = Path.of("docs", "plots");

  private Folders() {}
}
