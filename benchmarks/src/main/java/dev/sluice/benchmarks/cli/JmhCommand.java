package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.result.Report;
import dev.sluice.benchmarks.result.ResultFile;
import dev.sluice.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The JMH benchmarks. */
@Command(
    name = "jmh",
    description = "runs the JMH benchmarks, with their errors and what they allocate",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class JmhCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "REGEX", description = "of the benchmarks' names")
  private String regex = ".*";

  @Option(names = "--quick", description = "fewer and shorter iterations")
  private boolean quick;

  @Option(names = "--out", description = "the folder of the results")
  private Path out = Folders.RESULTS;

  @Override
  public Integer call() throws IOException, RunnerException, InterruptedException {
    Results results = JmhRunner.run(regex, quick);
    System.out.print(Report.table(results));
    System.err.println("written to " + ResultFile.write(out, results));
    return 0;
  }
}
