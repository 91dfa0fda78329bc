package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import java.io.IOException;
import java.util.List;

/** What an item costs at the same rate, spread over one to 256 connections. */
record Connections() implements Scenario {
  private static final List<Integer> COUNTS = List.of(1, 4, 16, 64, 256);

  /** Requests under way on each of few gRPC connections; 256 have one each. */
  private static final int SLOTS_MAX = 256;

  @Override
  public String name() {
    return "connections";
  }

  @Override
  public String purpose() {
    return "CPU per item at one rate over 1, 4, 16, 64 and 256 connections";
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
    bench.warmUp(collector, bench.closed(target));
    double rate = bench.settings().rate();
    if (rate == 0) {
      // One HTTP connection has one request under way, so this is a rate that it can carry.
      rate = bench.measure(collector, bench.closed(target, 1)).deliveredItemsPerSecond() / 2;
    }
    for (int connections : COUNTS) {
      int inFlight = Math.min(bench.settings().inFlight(), SLOTS_MAX / connections);
      boolean grpc = target.transport() == LoadCase.Transport.GRPC;
      Load load = bench.load(target, connections, grpc ? inFlight : 1).atItemsPerSecond(rate);
      String label = bench.label(target) + " over " + connections;
      for (int round = 0; round < bench.settings().rounds(); round++) {
        bench.add(collector, label, bench.measure(collector, load));
      }
    }
  }
}
