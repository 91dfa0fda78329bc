package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.Cores;
import dev.sluice.benchmarks.load.scenario.Scenario;
import dev.sluice.benchmarks.load.scenario.Settings;
import dev.sluice.benchmarks.result.Report;
import dev.sluice.benchmarks.result.ResultFile;
import dev.sluice.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One scenario. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
final class LoadCommand implements Callable<Integer> {
  static final String SLUICE = "sluice=./sluice --config {config}";

  private final Scenario scenario;

  @Option(
      names = "--collector",
      paramLabel = "NAME='COMMAND {config}'",
      description =
          "a collector to measure; may be repeated. A NAME that starts with otelcol gets Loki's OTLP endpoint for logs, one that ends in memory_limiter that processor")
  private List<String> collectors = List.of(SLUICE);

  @Option(names = "--cases", description = "SIGNAL-TRANSPORT[-json|-gzip|-zstd], by commas")
  private String cases = "";

  @Option(names = "--items", description = "items of a request, a multiple of 4")
  private int items = 100;

  @Option(names = "--rounds", description = "rounds of each measurement")
  private int rounds = 3;

  @Option(names = "--requests", description = "requests of a round, at most")
  private long requests = 20_000;

  @Option(names = "--seconds", description = "duration of a round, at most")
  private int seconds = 20;

  @Option(names = "--connections", description = "connections to the collector")
  private int connections = 4;

  @Option(names = "--in-flight", description = "requests under way on a gRPC connection")
  private int inFlight = 8;

  @Option(names = "--rate", description = "items a second; 0 is half of the measured capacity")
  private double rate;

  @Option(names = "--overload", description = "how many times the capacity is offered")
  private double overload = 5;

  @Option(
      names = "--backend",
      description = "items a second that the sink takes at most; 0 is as many as come")
  private double backend;

  @Option(names = "--logs", description = "loki or otlp_http: what logs are exported by")
  private String logs = "loki";

  @Option(names = "--collector-cores", description = "where the collector runs")
  private String collectorCores = "0";

  @Option(names = "--load-cores", description = "where load and sink run")
  private String loadCores = Integer.toString(Runtime.getRuntime().availableProcessors() - 1);

  @Option(
      names = "--out",
      description = "the folder of the results; benchmarks/results are the baselines")
  private Path out = Folders.RESULTS;

  LoadCommand(Scenario scenario) {
    this.scenario = scenario;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Results results = LoadRunner.run(scenario, settings());
    System.out.print(Report.table(results));
    System.err.println("written to " + ResultFile.write(out, results));
    return 0;
  }

  private Settings settings() {
    return new Settings(
        collectors.stream().map(CollectorCommand::parse).toList(),
        Settings.cases(cases.isEmpty() ? scenario.defaultCases() : cases),
        items,
        rounds,
        requests,
        Duration.ofSeconds(seconds),
        connections,
        inFlight,
        rate,
        overload,
        backend,
        logs.equals("loki"),
        new Cores(collectorCores),
        new Cores(loadCores));
  }
}
