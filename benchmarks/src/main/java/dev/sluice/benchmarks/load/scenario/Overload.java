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
 * Several times the capacity for a while: what is still accepted and delivered, how long an
 * accepted request takes, how much memory it costs, and how soon all is as before.
 *
 * <p>With {@code --backend} the sink takes only so many items a second, the same for every
 * collector, and that is the capacity: then one core can really offer several times as much, and
 * what was accepted but never delivered is counted when the sink is fast again. Without it the
 * capacity is the collector's own, measured first. What was meant to be sent and was not, because
 * all connections waited for answers, is among the figures.
 */
record Overload() implements Scenario {
  private static final int CONNECTIONS_HTTP = 512;
  private static final int CONNECTIONS_GRPC = 8;
  private static final int IN_FLIGHT_GRPC = 64;

  /** The ordinary rate of the probe, as a share of the capacity. */
  private static final double PROBE_SHARE = .1;

  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final int PROBES_MAX = 60;

  /** Deliveries that do not change for so long have ended. */
  private static final Duration STILL_MAX = Duration.ofSeconds(15);

  private static final Duration DRAIN_POLL = Duration.ofMillis(200);
  private static final Duration PROBE_AFTER = Duration.ofMillis(500);

  /**
   * A probe is ordinary again when its p99 is at most this many times what it was, or the floor.
   */
  private static final double ORDINARY_FACTOR = 2;

  private static final double ORDINARY_MILLIS = 20;

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String purpose() {
    return "several times the capacity for --seconds: goodput, p99 of accepted, memory, recovery";
  }

  @Override
  public String defaultCases() {
    return "traces-http-gzip";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (CollectorCommand command : bench.settings().collectors()) {
      for (LoadCase target : bench.settings().cases()) {
        try (CollectorProcess collector = bench.start(command)) {
          measure(bench, collector, target);
        }
      }
    }
  }

  private static void measure(Bench bench, CollectorProcess collector, LoadCase target)
      throws IOException, InterruptedException {
    bench.warmUp(collector, bench.closed(target));
    double backend = bench.settings().backend();
    double capacity = backend > 0 ? backend : capacity(bench, collector, target);
    bench.say("capacity %,.0f items/s".formatted(capacity));
    Load probe = bench.open(target, capacity * PROBE_SHARE);
    double ordinary =
        LoadReport.millis(bench.measure(collector, probe.lasting(PROBE)).report().latency(), .99);
    for (int round = 0; round < bench.settings().rounds(); round++) {
      IdLedger deliveries = new IdLedger(Payloads.ID_BASE, bench.settings().items(), 1);
      bench.sink().check(deliveries);
      bench.sink().pace(backend);
      LoadReport report = overload(bench, collector, target, capacity, deliveries);
      Recovery recovery = recover(bench, collector, probe, ordinary);
      add(bench, collector, target, "recovery", "s", recovery.seconds);
      long accepted = report.acceptedItems() + recovery.acceptedItems;
      drain(bench, collector, target, accepted, deliveries);
    }
  }

  /** What of the accepted arrives once the backend is fast again. */
  private static void drain(
      Bench bench, CollectorProcess collector, LoadCase target, long accepted, IdLedger deliveries)
      throws InterruptedException {
    bench.sink().pace(0);
    long arrived = deliveries.account().deliveries();
    long changedNanos = System.nanoTime();
    while (arrived < accepted && System.nanoTime() - changedNanos < STILL_MAX.toNanos()) {
      Thread.sleep(DRAIN_POLL);
      long now = deliveries.account().deliveries();
      changedNanos = now > arrived ? System.nanoTime() : changedNanos;
      arrived = now;
    }
    long missing = Math.max(0, accepted - arrived);
    bench.sink().check(null);
    add(bench, collector, target, "accepted and never delivered", "items", (double) missing);
  }

  /** The peak of two rounds of the whole time, with as many requests under way as the overload. */
  private static double capacity(Bench bench, CollectorProcess collector, LoadCase target)
      throws IOException, InterruptedException {
    double first =
        bench.measure(collector, crowd(bench, target).forItsTime()).deliveredItemsPerSecond();
    double second =
        bench.measure(collector, crowd(bench, target).forItsTime()).deliveredItemsPerSecond();
    return Math.max(first, second);
  }

  private static Load crowd(Bench bench, LoadCase target) {
    return target.transport() == LoadCase.Transport.HTTP
        ? bench.load(target, CONNECTIONS_HTTP, 1)
        : bench.load(target, CONNECTIONS_GRPC, IN_FLIGHT_GRPC);
  }

  private static LoadReport overload(
      Bench bench,
      CollectorProcess collector,
      LoadCase target,
      double capacity,
      IdLedger deliveries)
      throws InterruptedException {
    Load load = crowd(bench, target).atItemsPerSecond(capacity * bench.settings().overload());
    collector.resetPeakRss();
    LoadReport report = bench.send(collector, load, null);
    double delivered = deliveries.account().deliveries() / report.seconds();
    double unsent = (double) (load.requestsMax() - report.answered()) / load.requestsMax();
    add(bench, collector, target, "capacity", "items/s", capacity);
    add(bench, collector, target, "offered", "items/s", report.offeredItemsPerSecond());
    add(bench, collector, target, "meant and not sent", "share", unsent);
    add(bench, collector, target, "accepted", "items/s", report.acceptedItemsPerSecond());
    add(
        bench,
        collector,
        target,
        "accepted of capacity",
        "share",
        report.acceptedItemsPerSecond() / capacity);
    add(bench, collector, target, "delivered", "items/s", delivered);
    add(bench, collector, target, "delivered of capacity", "share", delivered / capacity);
    add(
        bench,
        collector,
        target,
        "p99 of accepted, from sending",
        "ms",
        LoadReport.millis(report.service(), .99));
    add(
        bench,
        collector,
        target,
        "max of accepted, from sending",
        "ms",
        LoadReport.millis(report.service(), 1));
    add(bench, collector, target, "peak RSS", "MiB", collector.peakRssMib());
    add(bench, collector, target, "refused", "requests", (double) report.refused());
    add(bench, collector, target, "failed", "requests", (double) report.failed());
    return report;
  }

  private record Recovery(double seconds, long acceptedItems) {}

  /** Until a probe is wholly accepted with ordinary latency; the limit when none is. */
  private static Recovery recover(
      Bench bench, CollectorProcess collector, Load probe, double ordinaryMillis)
      throws InterruptedException {
    double limit = Math.max(ORDINARY_MILLIS, ORDINARY_FACTOR * ordinaryMillis);
    long start = System.nanoTime();
    long acceptedItems = 0;
    for (int i = 0; i < PROBES_MAX; i++) {
      double begun = (System.nanoTime() - start) / 1e9;
      LoadReport report = bench.send(collector, probe.lasting(PROBE_AFTER), null);
      acceptedItems += report.acceptedItems();
      boolean accepted = report.accepted() > 0 && report.refused() + report.failed() == 0;
      if (accepted && LoadReport.millis(report.latency(), .99) <= limit) {
        return new Recovery(begun, acceptedItems);
      }
    }
    return new Recovery((System.nanoTime() - start) / 1e9, acceptedItems);
  }

  private static void add(
      Bench bench,
      CollectorProcess collector,
      LoadCase target,
      String metric,
      String unit,
      double value) {
    String label = bench.label(target) + " at %.0f times".formatted(bench.settings().overload());
    bench.samples().add(collector.name(), label, metric, unit, value);
    bench.say("%s: %s %.2f %s".formatted(label, metric, value, unit));
  }
}
