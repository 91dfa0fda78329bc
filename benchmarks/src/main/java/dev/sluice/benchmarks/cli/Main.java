package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.load.scenario.Scenario;
import dev.sluice.benchmarks.load.scenario.Scenarios;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code benchmarks/run}: one subcommand a scenario, and jmh, compare, plots. */
@Command(
    name = "benchmarks/run",
    description = "Measures Sluice and other collectors. Everything stays on loopback.",
    mixinStandardHelpOptions = true,
    subcommands = {JmhCommand.class, CompareCommand.class, PlotsCommand.class})
public final class Main {
  /** Loggers are held weakly, so the one that is quietened is kept. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Exits with 0 when all was measured, 1 when not, 2 when the command line was wrong. */
  public static void main(String[] arguments) {
    GRPC.setLevel(Level.SEVERE);
    CommandLine line = new CommandLine(new Main());
    for (Scenario scenario : Scenarios.ALL) {
      CommandLine subcommand = new CommandLine(new LoadCommand(scenario));
      subcommand.getCommandSpec().usageMessage().description(scenario.purpose());
      line.addSubcommand(scenario.name(), subcommand);
    }
    line.setUsageHelpAutoWidth(true);
    if (arguments.length == 0) {
      line.usage(System.out);
      System.exit(CommandLine.ExitCode.USAGE);
    }
    System.exit(line.execute(arguments));
  }
}
