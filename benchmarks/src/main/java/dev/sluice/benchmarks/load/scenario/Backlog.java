package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.client.LoadReport;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import dev.sluice.benchmarks.load.sink.IdLedger;
import dev.sluice.benchmarks.payload.Payloads;
import java.io.IOException;
import java.time.Duration;

/**
 * What an item costs when nothing waits, and when the backend has stopped until the collector
 * refused, and then goes on: taken, held and delivered from a full queue.
 */
record Backlog() implements Scenario {
  private static final Duration DRAINED_MAX = Duration.ofSeconds(90);

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String purpose() {
    return "CPU per item with an empty queue, and with one filled while the backend stands still";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (CollectorCommand command : bench.settings().collectors()) {
      try (CollectorProcess collector = bench.start(command)) {
        for (LoadCase target : bench.settings().cases()) {
          Load load = bench.closed(target);
          bench.warmUp(collector, load);
          for (int round = 0; round < bench.settings().rounds(); round++) {
            String label = bench.label(target);
            bench.add(collector, label + ", empty queue", bench.measure(collector, load));
            fill(bench, collector, label + ", full queue", load);
          }
        }
      }
    }
  }

  private static void fill(Bench bench, CollectorProcess collector, String label, Load load)
      throws InterruptedException {
    IdLedger ledger = new IdLedger(Payloads.ID_BASE, load.items(), load.requestsMax());
    bench.sink().check(ledger);
    collector.resetPeakRss();
    double cpuBefore = collector.cpuSeconds();
    bench.sink().stop();
    LoadReport report;
    try {
      report = bench.send(collector, load.untilRefused(), ledger);
    } finally {
      bench.sink().start();
    }
    long drainStart = System.nanoTime();
    collector.awaitQuiet(DRAINED_MAX);
    double seconds = (System.nanoTime() - drainStart) / 1e9;
    bench.sink().check(null);
    double cpu = collector.cpuSeconds() - cpuBefore;
    add(bench, collector, label, "cpu", "us/item", cpu * 1e6 / Math.max(1, report.acceptedItems()));
    add(bench, collector, label, "held when full", "items", (double) report.acceptedItems());
    add(bench, collector, label, "refused", "requests", (double) report.refused());
    add(bench, collector, label, "drained in", "s", seconds);
    add(bench, collector, label, "peak RSS", "MiB", collector.peakRssMib());
    if (load.target().hasIds()) {
      bench.add(collector, label, ledger.account());
    }
  }

  private static void add(
      Bench bench,
      CollectorProcess collector,
      String label,
      String metric,
      String unit,
      double value) {
    bench.samples().add(collector.name(), label, metric, unit, value);
    bench.say("%s: %s %.2f %s".formatted(label, metric, value, unit));
  }
}
