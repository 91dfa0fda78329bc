package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real backends away while the load goes on, and kill -9 in the middle of it: nothing is
 * refused, and everything that was acknowledged is there in the end. {@code
 * -Dsluice.it.outageSeconds=120} for the long form.
 */
class DurableOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long SOME = 1000;

  @RegisterExtension final Products products = new Products();

  @TempDir private Path journal;

  private final Duration outage = Duration.ofSeconds(Long.getLong("sluice.it.outageSeconds", 10));
  private final List<Loader> logs = new ArrayList<>();
  private final List<Loader> metrics = new ArrayList<>();
  private final List<Loader> current = new ArrayList<>();

  @Test
  void bothBackendsAreAwayAndHoldWhatWasAccepted() {
    try (OwnBackend lokiProcess = OwnBackend.loki();
        OwnBackend prometheusProcess = OwnBackend.prometheus()) {
      Loki loki = new Loki(lokiProcess.url());
      Prometheus prometheus = new Prometheus(prometheusProcess.url());
      String service = Requests.unique("durable");
      SluiceProcess first = start(prometheus, loki);
      load(first, service + "-before");
      Await.until("load is delivered", LIMIT, () -> delivered(first), items -> items > SOME);
      lokiProcess.stop();
      prometheusProcess.stop();
      last(outage);
      first.ledger().accounts().forEach(account -> Evidence.show("at kill -9: %s", account));
      checkNothingRefused();
      first.kill();
      Await.until("it is dead", LIMIT, first::isAlive, alive -> !alive);
      stop();
      SluiceProcess second = start(prometheus, loki);
      load(second, service + "-after");
      last(outage);
      second.ledger().accounts().forEach(account -> Evidence.show("still away: %s", account));
      lokiProcess.start();
      prometheusProcess.start();
      Await.until("what is held gets less", LIMIT, () -> delivered(second), items -> items > SOME);
      stop();
      checkNothingRefused();
      Await.until("nothing is held", LIMIT, second::ledger, ledger -> ledger.held() == 0);
      Load.holds(
          "Loki",
          LIMIT,
          logs,
          () -> Load.lines(loki, service + "-before") + Load.lines(loki, service + "-after"));
      Load.holds(
          "Prometheus",
          LIMIT,
          metrics,
          () ->
              Load.samples(prometheus, service + "-before")
                  + Load.samples(prometheus, service + "-after"));
    }
  }

  private SluiceProcess start(Prometheus prometheus, Loki loki) {
    return products.start(
        "durable.yaml",
        Map.of(
            "PROMETHEUS_WRITE", prometheus.write(),
            "LOKI_PUSH", loki.push(),
            "JOURNAL_FOLDER", journal.toString()));
  }

  private void load(SluiceProcess sluice, String service) {
    current.clear();
    current.add(Load.logs("http", OtlpClient.http(sluice.http()), service));
    current.add(Load.logs("grpc", OtlpClient.grpc(sluice.grpc()), service));
    logs.addAll(current);
    Loader metric = Load.metrics("grpc", OtlpClient.grpc(sluice.grpc()), service);
    current.add(metric);
    metrics.add(metric);
  }

  private static long delivered(SluiceProcess sluice) {
    return sluice.ledger().accounts().stream()
        .mapToLong(account -> account.failing() ? 0 : account.delivered())
        .min()
        .orElse(0);
  }

  private static void last(Duration duration) {
    long began = System.nanoTime();
    Await.until(
        "the outage has lasted",
        LIMIT.plus(duration),
        System::nanoTime,
        now -> now - began > duration.toNanos());
  }

  /** By the process that runs: one that was killed leaves its senders without answers. */
  private void checkNothingRefused() {
    for (Loader loader : current) {
      assertEquals(0, loader.refusals(), loader::toString);
    }
  }

  private void stop() {
    current.forEach(Loader::stop);
  }
}
