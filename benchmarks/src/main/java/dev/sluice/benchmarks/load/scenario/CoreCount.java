package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import dev.sluice.benchmarks.load.collector.Cores;
import java.io.IOException;
import java.util.List;

/**
 * The collector on one core and on two. On a machine of two cores the second is shared with the
 * load, so the rate says little there and CPU per item is what counts.
 */
record CoreCount() implements Scenario {
  @Override
  public String name() {
    return "cores";
  }

  @Override
  public String purpose() {
    return "accepted rate and CPU per item with the collector on one core (0) and on two (0-1)";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (CollectorCommand command : bench.settings().collectors()) {
      for (Cores cores : List.of(new Cores("0"), new Cores("0-1"))) {
        try (CollectorProcess collector = bench.start(command, cores)) {
          for (LoadCase target : bench.settings().cases()) {
            measure(bench, collector, target, cores);
          }
        }
      }
    }
  }

  private static void measure(Bench bench, CollectorProcess collector, LoadCase target, Cores cores)
      throws IOException, InterruptedException {
    Load load = bench.closed(target);
    bench.warmUp(collector, load);
    String label = bench.label(target) + " on cores " + cores.list();
    for (int round = 0; round < bench.settings().rounds(); round++) {
      bench.add(collector, label, bench.measure(collector, load));
    }
  }
}
