package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.scenario.Scenario;
import dev.sluice.benchmarks.load.scenario.Scenarios;
import dev.sluice.benchmarks.load.scenario.Settings;
import dev.sluice.benchmarks.result.Comparison;
import dev.sluice.benchmarks.result.Report;
import dev.sluice.benchmarks.result.ResultFile;
import dev.sluice.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures again what the baselines hold, in short, and prints the change. */
@Command(
    name = "compare",
    description = "measures again what the baselines hold, in short, and prints the change",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CompareCommand implements Callable<Integer> {
  private static final String JMH = "jmh";

  @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "only these")
  private List<String> only = List.of();

  @Option(names = "--collector", paramLabel = "NAME='COMMAND {config}'")
  private List<String> collectors = List.of(LoadCommand.SLUICE);

  @Option(names = "--baseline", description = "the folder of the baselines")
  private Path baseline = Folders.BASELINES;

  @Option(names = "--full", description = "as long as the baselines were measured")
  private boolean full;

  @Override
  public Integer call() throws IOException, RunnerException, InterruptedException {
    List<Path> files = baselines();
    if (files.isEmpty()) {
      System.err.println("There are no baselines to compare with in " + baseline);
      return 1;
    }
    for (Path file : files) {
      Results before = ResultFile.read(file);
      Results now = again(before);
      ResultFile.write(Folders.RESULTS, now);
      System.out.printf("%n## %s: %s against %s%n", now.scenario(), now.date(), before.date());
      if (!now.machine().equals(before.machine())) {
        System.out.printf(
            "The baseline is of another machine, where ratios mean little:%n- %s%n- %s%n",
            before.machine(), now.machine());
      }
      System.out.print(Report.table(Comparison.of(before, now)));
    }
    return 0;
  }

  private List<Path> baselines() throws IOException {
    if (!Files.isDirectory(baseline)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(baseline)) {
      return files.filter(this::isWanted).sorted().toList();
    }
  }

  private boolean isWanted(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json")
        && (only.isEmpty() || only.contains(name.substring(0, name.length() - 5)));
  }

  private Results again(Results before) throws IOException, RunnerException, InterruptedException {
    if (before.scenario().equals(JMH)) {
      return JmhRunner.run(before.settings().getOrDefault("regex", ".*"), !full);
    }
    Scenario scenario =
        Scenarios.named(before.scenario())
            .orElseThrow(() -> new IOException("no scenario is named " + before.scenario()));
    List<CollectorCommand> commands = collectors.stream().map(CollectorCommand::parse).toList();
    Settings settings = Settings.of(before.settings(), commands);
    return LoadRunner.run(scenario, full ? settings : settings.shortened());
  }
}
