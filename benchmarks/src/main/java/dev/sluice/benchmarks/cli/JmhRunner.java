package dev.sluice.benchmarks.cli;

import dev.sluice.benchmarks.result.Machine;
import dev.sluice.benchmarks.result.Measurement;
import dev.sluice.benchmarks.result.Results;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH benchmarks and makes results of their scores and of what they allocate. */
final class JmhRunner {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int SHORT_WARM_UPS = 3;
  private static final int SHORT_ITERATIONS = 3;

  private JmhRunner() {}

  /**
   * Runs the benchmarks whose names match.
   *
   * @param quick fewer and shorter iterations than the benchmarks say
   */
  static Results run(String regex, boolean quick) throws RunnerException, InterruptedException {
    ChainedOptionsBuilder options =
        new OptionsBuilder().include(regex).addProfiler(GCProfiler.class).shouldFailOnError(true);
    if (quick) {
      TimeValue half = TimeValue.milliseconds(500);
      options
          .warmupIterations(SHORT_WARM_UPS)
          .warmupTime(half)
          .measurementIterations(SHORT_ITERATIONS)
          .measurementTime(half);
    }
    List<Measurement> measurements = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      add(measurements, result);
    }
    return new Results(
        "jmh",
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "benchmarks/run jmh '" + regex + "'",
        Map.of("regex", regex),
        Map.of("repository", Repository.commit()),
        Machine.here(System.getenv()),
        measurements);
  }

  private static void add(List<Measurement> measurements, RunResult result) {
    String target = target(result.getParams());
    measurements.add(measurement(target, "time", result.getPrimaryResult()));
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated != null) {
      measurements.add(measurement(target, "allocated", allocated));
    }
  }

  private static String target(BenchmarkParams params) {
    String values =
        params.getParamsKeys().stream()
            .map(key -> key + "=" + params.getParam(key))
            .collect(Collectors.joining(", "));
    String name = params.getBenchmark();
    String withClass = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    return values.isEmpty() ? withClass : withClass + " (" + values + ")";
  }

  /** Units are of one operation, which the benchmarks make one item. */
  private static Measurement measurement(String target, String metric, Result<?> result) {
    double score = result.getScore();
    double error = Double.isNaN(result.getScoreError()) ? 0 : result.getScoreError();
    return new Measurement(
        "jmh",
        target,
        metric,
        result.getScoreUnit().replace("/op", "/item"),
        score,
        score - error,
        score + error,
        (int) result.getSampleCount());
  }
}
