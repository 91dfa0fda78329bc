package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.LoadCase.Transport;
import dev.sluice.benchmarks.load.client.Load;
import dev.sluice.benchmarks.load.client.LoadReport;
import dev.sluice.benchmarks.load.client.LoadRun;
import dev.sluice.benchmarks.load.client.Templates;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import dev.sluice.benchmarks.load.collector.Cores;
import dev.sluice.benchmarks.load.sink.IdLedger;
import dev.sluice.benchmarks.load.sink.Sink;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.result.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What scenarios work with: the settings, a sink, collectors that they start, loads that they run,
 * and the samples that figures go to. Used by one thread.
 */
public final class Bench implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration QUIET_MAX = Duration.ofMinutes(2);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final Settings settings;
  private final Path work;
  private final Consumer<String> progress;
  private final Samples samples = new Samples();
  private final Sink sink;
  private final Map<LoadCase, Templates> templates = new HashMap<>();

  /**
   * @param work a folder for configurations and logs
   * @param progress where it says what it does
   */
  public Bench(Settings settings, Path work, Consumer<String> progress) throws IOException {
    this.settings = settings;
    this.work = work;
    this.progress = progress;
    sink = new Sink();
  }

  public Settings settings() {
    return settings;
  }

  public Samples samples() {
    return samples;
  }

  Sink sink() {
    return sink;
  }

  void say(String text) {
    progress.accept("  " + text);
  }

  /** A collector that has accepted its first request, on the cores of the settings. */
  CollectorProcess start(CollectorCommand command) throws IOException, InterruptedException {
    return start(command, settings.collectorCores());
  }

  CollectorProcess start(CollectorCommand command, Cores cores)
      throws IOException, InterruptedException {
    CollectorProcess collector = startUnready(command, cores);
    try {
      awaitAccepting(collector);
      return collector;
    } catch (IOException | InterruptedException e) {
      collector.close();
      throw e;
    }
  }

  CollectorProcess startUnready(CollectorCommand command, Cores cores) throws IOException {
    say(command.name() + " on cores " + cores.list());
    return CollectorProcess.start(command, cores, sink.port(), settings.lokiPush(), work);
  }

  /** Blocks until its first request was accepted; returns the seconds since its start. */
  double awaitAccepting(CollectorProcess collector) throws IOException, InterruptedException {
    return collector.awaitAccepting(READY_MAX);
  }

  /** A load as fast as it is answered, with the connections of the settings. */
  Load closed(LoadCase target) {
    return closed(target, settings.connections());
  }

  Load closed(LoadCase target, int connections) {
    int inFlight = target.transport() == Transport.GRPC ? settings.inFlight() : 1;
    return load(target, connections, inFlight);
  }

  /** A load with as many requests under way over HTTP as over gRPC, for a rate. */
  Load open(LoadCase target, double itemsPerSecond) {
    int slots = settings.connections() * settings.inFlight();
    Load load =
        target.transport() == Transport.GRPC
            ? load(target, settings.connections(), settings.inFlight())
            : load(target, slots, 1);
    return load.atItemsPerSecond(itemsPerSecond);
  }

  Load load(LoadCase target, int connections, int inFlight) {
    return Load.closed(target, templates(target), connections, inFlight, settings.requests())
        .lasting(settings.duration());
  }

  private Templates templates(LoadCase target) {
    return templates.computeIfAbsent(target, key -> Templates.of(key, settings.items()));
  }

  /** What the results call a case. */
  String label(LoadCase target) {
    return target.label() + " x" + settings.items();
  }

  /** Sends as much as a round does, for the JIT's sake; figures are thrown away. */
  void warmUp(CollectorProcess collector, Load load) throws IOException, InterruptedException {
    Round round = measure(collector, load.lasting(WARM_UP));
    say("warmed up: " + summary(round));
  }

  /** Runs a load to its end, and waits until the collector has delivered what it took. */
  Round measure(CollectorProcess collector, Load load) throws IOException, InterruptedException {
    return measure(collector, load, null);
  }

  /** The same, with an account of each item. */
  IdLedger.Account check(CollectorProcess collector, Load load)
      throws IOException, InterruptedException {
    IdLedger ledger = new IdLedger(Payloads.ID_BASE, load.items(), load.requestsMax());
    measure(collector, load, ledger);
    return ledger.account();
  }

  Round measure(CollectorProcess collector, Load load, @Nullable IdLedger ledger)
      throws IOException, InterruptedException {
    sink.check(ledger);
    try {
      collector.resetPeakRss();
      double cpuBefore = collector.cpuSeconds();
      double ownBefore = ownCpuSeconds();
      long start = System.nanoTime();
      LoadReport report = send(collector, load, ledger);
      double own = (ownCpuSeconds() - ownBefore) / report.seconds();
      collector.awaitQuiet(QUIET_MAX);
      requireAlive(collector);
      double delivered = Math.max(report.seconds(), (sink.lastNanos() - start) / 1e9);
      double cpu = collector.cpuSeconds() - cpuBefore;
      return new Round(report, delivered, cpu, collector.peakRssMib(), own);
    } finally {
      sink.check(null);
    }
  }

  /** Only sends. */
  LoadReport send(CollectorProcess collector, Load load, @Nullable IdLedger ledger)
      throws InterruptedException {
    int port = collector.port(load.target().transport());
    LoadReport report = new LoadRun(load, port, ledger, Payloads.ID_BASE).run();
    if (report.failed() > 0) {
      say("%d requests failed, the first with: %s".formatted(report.failed(), report.failure()));
    }
    return report;
  }

  private void requireAlive(CollectorProcess collector) throws IOException {
    if (!collector.isAlive()) {
      throw new IOException(collector.name() + " ended under load; its log is in " + work);
    }
    IOException failure = sink.failure();
    if (failure != null) {
      throw new IOException("the sink failed: " + failure.getMessage(), failure);
    }
  }

  private static double ownCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The figures that every measured round has. */
  void add(CollectorProcess collector, String target, Round round) {
    LoadReport report = round.report();
    String name = collector.name();
    samples.add(name, target, "cpu", "us/item", round.cpuMicrosPerItem());
    samples.add(name, target, "accepted", "items/s", report.acceptedItemsPerSecond());
    samples.add(name, target, "delivered", "items/s", round.deliveredItemsPerSecond());
    addLatency(name, target, report);
    samples.add(name, target, "peak RSS", "MiB", round.peakRssMib());
    samples.add(name, target, "refused", "requests", (double) report.refused());
    samples.add(name, target, "failed", "requests", (double) report.failed());
    samples.add(name, target, "load CPU", "cores", round.loadCores());
    say(target + ": " + summary(round));
  }

  private void addLatency(String name, String target, LoadReport report) {
    samples.add(name, target, "p50", "ms", LoadReport.millis(report.latency(), .5));
    samples.add(name, target, "p99", "ms", LoadReport.millis(report.latency(), .99));
    samples.add(name, target, "p99.9", "ms", LoadReport.millis(report.latency(), .999));
    samples.add(name, target, "max", "ms", LoadReport.millis(report.latency(), 1));
  }

  /** The account of a checked load. */
  void add(CollectorProcess collector, String target, IdLedger.Account account) {
    String name = collector.name();
    samples.add(name, target, "checked: accepted", "items", (double) account.accepted());
    samples.add(name, target, "checked: accepted and missing", "items", (double) account.missing());
    samples.add(name, target, "checked: duplicates", "items", (double) account.duplicates());
    samples.add(
        name, target, "checked: not accepted, delivered", "items", (double) account.unaccepted());
    say(target + ": " + account);
  }

  private static String summary(Round round) {
    LoadReport report = round.report();
    return "%.2f us/item, %,.0f accepted and %,.0f delivered items/s, p99 %.1f ms, %.0f MiB, refused %d, failed %d, load %.2f cores"
        .formatted(
            round.cpuMicrosPerItem(),
            report.acceptedItemsPerSecond(),
            round.deliveredItemsPerSecond(),
            LoadReport.millis(report.latency(), .99),
            round.peakRssMib(),
            report.refused(),
            report.failed(),
            round.loadCores());
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
