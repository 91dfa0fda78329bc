package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.client.Templates;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import java.io.IOException;
import java.util.List;

/**
 * What a point of a counter costs with one to a million active series, and what memory a series
 * takes. Every series is sent before the measured rounds; each count has a process of its own.
 */
record SeriesCount() implements Scenario {
  private static final List<Long> COUNTS = List.of(1L, 100L, 10_000L, 100_000L, 1_000_000L);

  /** Of fewer, the memory is lost in the noise. */
  private static final long MEMORY_SERIES_MIN = 10_000;

  @Override
  public String name() {
    return "series";
  }

  @Override
  public String purpose() {
    return "CPU per point and memory per series with 1 to 1,000,000 active series";
  }

  @Override
  public String defaultCases() {
    return "metrics-http";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (CollectorCommand command : bench.settings().collectors()) {
      for (LoadCase target : bench.settings().cases()) {
        double base = 0;
        for (long count : COUNTS) {
          try (CollectorProcess collector = bench.start(command)) {
            double rss = measure(bench, collector, target, count);
            if (count == 1) {
              base = rss;
            } else if (count >= MEMORY_SERIES_MIN) {
              addMemory(bench, collector, target, count, rss - base);
            }
          }
        }
      }
    }
  }

  /** Returns the peak of memory in MiB. */
  private static double measure(
      Bench bench, CollectorProcess collector, LoadCase target, long count)
      throws IOException, InterruptedException {
    Settings settings = bench.settings();
    int inFlight = target.transport() == LoadCase.Transport.GRPC ? settings.inFlight() : 1;
    // At least once around, whatever a round is.
    long requests = Math.max(settings.requests(), 1 + count / settings.items());
    Load load =
        Load.closed(
                target,
                Templates.series(settings.items()),
                settings.connections(),
                inFlight,
                requests)
            .withSeries(count);
    bench.warmUp(collector, load);
    double peak = 0;
    for (int round = 0; round < settings.rounds(); round++) {
      Round measured = bench.measure(collector, load);
      peak = Math.max(peak, measured.peakRssMib());
      bench.add(collector, label(bench, target, count), measured);
    }
    return peak;
  }

  private static void addMemory(
      Bench bench, CollectorProcess collector, LoadCase target, long count, double mib) {
    String label = label(bench, target, count);
    double bytes = mib * (1 << 20) / count;
    bench.samples().add(collector.name(), label, "RSS per series", "bytes", bytes);
    bench.say("%s: %.0f bytes of RSS a series more than with one".formatted(label, bytes));
  }

  private static String label(Bench bench, LoadCase target, long count) {
    return bench.label(target) + " of %d series".formatted(count);
  }
}
