package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.plot.Plots;
import dev.sluice.benchmarks.result.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws the results. */
@Command(
    name = "plots",
    description = "draws the results as PNG",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PlotsCommand implements Callable<Integer> {
  @Option(names = "--results", description = "the folder of the results")
  private Path results = Folders.BASELINES;

  @Option(names = "--out", description = "the folder of the plots")
  private Path out = Folders.PLOTS;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(results)) {
      System.err.println("There are no results in " + results);
      return 1;
    }
    Files.createDirectories(out);
    List<Path> files;
    try (Stream<Path> found = Files.list(results)) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      for (Path plot : Plots.draw(ResultFile.read(file), out)) {
        System.out.println(plot);
      }
    }
    return 0;
  }
}
