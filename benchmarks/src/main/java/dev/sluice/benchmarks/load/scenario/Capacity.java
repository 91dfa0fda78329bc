package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import java.io.IOException;

/** What an item costs, and how many a second are accepted; then each item's delivery, by id. */
record Capacity() implements Scenario {
  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public String purpose() {
    return "CPU per item, accepted rate and peak memory at full load, and delivery checked by id";
  }

  @Override
  public String defaultCases() {
    return "traces-grpc,traces-http,logs-grpc,logs-http,metrics-grpc,metrics-http";
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
    Load load = bench.closed(target);
    String label = bench.label(target);
    bench.warmUp(collector, load);
    for (int round = 0; round < bench.settings().rounds(); round++) {
      bench.add(collector, label, bench.measure(collector, load));
    }
    if (target.hasIds()) {
      bench.add(collector, label, bench.check(collector, load));
    }
  }
}
