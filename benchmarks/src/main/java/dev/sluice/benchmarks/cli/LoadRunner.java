package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.Cores;
import dev.sluice.benchmarks.load.scenario.Bench;
import dev.sluice.benchmarks.load.scenario.Scenario;
import dev.sluice.benchmarks.load.scenario.Settings;
import dev.sluice.benchmarks.result.Machine;
import dev.sluice.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a scenario and makes results of its figures. */
final class LoadRunner {
  private LoadRunner() {}

  /** Runs it; this process stays on the load's cores from then on. */
  static Results run(Scenario scenario, Settings settings)
      throws IOException, InterruptedException {
    Map<String, String> versions = versions(settings);
    if (!Cores.areKept()) {
      System.err.println("There is no taskset: load and collector share all cores.");
    }
    settings.loadCores().keepThisProcess();
    Path work = Files.createTempDirectory("sluice-load-");
    System.err.println(scenario.name() + "; configurations and logs in " + work);
    try (Bench bench = new Bench(settings, work, LoadRunner::say)) {
      scenario.run(bench);
      return new Results(
          scenario.name(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
          command(scenario, settings),
          settings.described(),
          versions,
          Machine.here(System.getenv()),
          bench.samples().measurements());
    }
  }

  private static void say(String progress) {
    System.err.println(progress);
  }

  /** Asked before the run, because a launcher may have something to build. */
  private static Map<String, String> versions(Settings settings)
      throws IOException, InterruptedException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("repository", Repository.commit());
    for (CollectorCommand collector : settings.collectors()) {
      versions.put(collector.name(), collector.version());
    }
    return versions;
  }

  private static String command(Scenario scenario, Settings settings) {
    StringBuilder text = new StringBuilder("benchmarks/run " + scenario.name());
    for (CollectorCommand collector : settings.collectors()) {
      text.append(" --collector %s='%s'".formatted(collector.name(), collector.published()));
    }
    settings.described().forEach((key, value) -> text.append(" --" + key + " " + value));
    return text.toString();
  }
}
