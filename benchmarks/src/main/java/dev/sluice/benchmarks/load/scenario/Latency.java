package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.client.LoadReport;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import java.io.IOException;

/** How long an answer takes at a fixed rate: the one given, or half of each one's own capacity. */
record Latency() implements Scenario {
  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String purpose() {
    return "p50, p99, p99.9 and max of an answer at a fixed rate (--rate, or half of the capacity)";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (CollectorCommand command : bench.settings().collectors()) {
      try (CollectorProcess collector = bench.start(command)) {
        for (LoadCase target : bench.settings().cases()) {
          measure(bench, collector, target);
        }
      }
    }
  }

  private static void measure(Bench bench, CollectorProcess collector, LoadCase target)
      throws IOException, InterruptedException {
    double rate = bench.settings().rate();
    bench.warmUp(collector, bench.closed(target));
    if (rate == 0) {
      rate = bench.measure(collector, bench.closed(target)).deliveredItemsPerSecond() / 2;
    }
    String at = bench.settings().rate() == 0 ? "half of its capacity" : "%,.0f/s".formatted(rate);
    String label = bench.label(target) + " at " + at;
    Load load = bench.open(target, rate);
    for (int round = 0; round < bench.settings().rounds(); round++) {
      Round measured = bench.measure(collector, load);
      LoadReport report = measured.report();
      bench.samples().add(collector.name(), label, "offered", "items/s", rate);
      bench
          .samples()
          .add(
              collector.name(),
              label,
              "sent late, p99",
              "ms",
              LoadReport.millis(report.lateness(), .99));
      bench.add(collector, label, measured);
    }
  }
}
