package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A backend is away for a while under load and comes back: it holds exactly what was accepted, who
 * was refused was told to come again, and the other backend has noticed nothing.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // the outage's length is the user's
class OutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Items to be accepted after the outage before the load ends. */
  private static final long AFTER = 2_000;

  @RegisterExtension final Products products = new Products();

  private final Duration outage = Duration.ofSeconds(Long.getLong("sluice.it.outageSeconds", 20));

  @Test
  void lokiIsAwayAndHoldsWhatWasAccepted() {
    Prometheus prometheus = Backends.prometheus();
    try (OwnBackend backend = OwnBackend.loki()) {
      Loki loki = new Loki(backend.url());
      SluiceProcess sluice = start(prometheus, loki);
      String service = Requests.unique("outage-loki");
      List<Loader> loaders =
          List.of(
              Load.logs("http", OtlpClient.http(sluice.http()), service),
              Load.logs("grpc", OtlpClient.grpc(sluice.grpc()), service));
      Loader other = Load.metrics("grpc", OtlpClient.grpc(sluice.grpc()), service);
      Interrupted interrupted = new Interrupted(sluice, backend, "loki", "prometheus_remote_write");
      interrupted.run(loaders, other);
      holdsAll("Loki", accepted(loaders), () -> Load.lines(loki, service));
      holdsAll("Prometheus", other.acceptedItems(), () -> Load.samples(prometheus, service));
      checkRefusals(sluice, loaders, Signal.LOGS);
    }
  }

  @Test
  void prometheusIsAwayAndHoldsWhatWasAccepted() {
    Loki loki = Backends.loki();
    try (OwnBackend backend = OwnBackend.prometheus()) {
      Prometheus prometheus = new Prometheus(backend.url());
      SluiceProcess sluice = start(prometheus, loki);
      String service = Requests.unique("outage-prometheus");
      List<Loader> loaders =
          List.of(
              Load.metrics("http", OtlpClient.http(sluice.http()), service),
              Load.metrics("grpc", OtlpClient.grpc(sluice.grpc()), service));
      Loader other = Load.logs("grpc", OtlpClient.grpc(sluice.grpc()), service);
      Interrupted interrupted = new Interrupted(sluice, backend, "prometheus_remote_write", "loki");
      interrupted.run(loaders, other);
      holdsAll("Prometheus", accepted(loaders), () -> Load.samples(prometheus, service));
      holdsAll("Loki", other.acceptedItems(), () -> Load.lines(loki, service));
      checkRefusals(sluice, loaders, Signal.METRICS);
    }
  }

  private SluiceProcess start(Prometheus prometheus, Loki loki) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PROMETHEUS_WRITE", prometheus.write());
    variables.put("LOKI_PUSH", loki.push());
    return products.start("outage.yaml", variables);
  }

  private static long accepted(List<Loader> loaders) {
    return loaders.stream().mapToLong(Loader::acceptedItems).sum();
  }

  /** Equal, and not only for a moment on the way up: nothing is held any more by then. */
  private static void holdsAll(String backend, long accepted, LongSupplier held) {
    Await.until(
        backend + " holds the " + accepted + " items that were accepted",
        LIMIT,
        held::getAsLong,
        count -> count == accepted);
    Evidence.show("accepted %d, %s holds %d", accepted, backend, accepted);
  }

  private static void checkRefusals(SluiceProcess sluice, List<Loader> loaders, Signal signal) {
    loaders.forEach(loader -> assertEquals(List.of(), loader.finalRefusals()));
    int refusals = loaders.stream().mapToInt(Loader::refusals).sum();
    assertTrue(refusals > 0, "the queue was never full, so that nothing was shown about refusals");
    Ledger ledger = sluice.ledger();
    assertEquals(accepted(loaders), ledger.accepted(signal));
    assertEquals(loaders.stream().mapToLong(Loader::refusedItems).sum(), ledger.refused(signal));
    Evidence.show("%d refusals, all retryable; %d items", refusals, ledger.refused(signal));
  }

  /** The course of events. */
  private final class Interrupted {
    private final SluiceProcess sluice;
    private final OwnBackend backend;
    private final String affected;
    private final String unaffected;

    Interrupted(SluiceProcess sluice, OwnBackend backend, String affected, String unaffected) {
      this.sluice = sluice;
      this.backend = backend;
      this.affected = affected;
      this.unaffected = unaffected;
    }

    void run(List<Loader> loaders, Loader other) {
      deliveredBeyond(0);
      backend.stop();
      long stopped = System.nanoTime();
      long otherBefore = account(unaffected).delivered();
      Await.until(
          "the outage has lasted and filled the queue",
          outage.plus(LIMIT),
          () -> loaders.stream().allMatch(loader -> loader.refusals() > 0),
          full -> full && System.nanoTime() - stopped > outage.toNanos());
      Evidence.show("after %d s: %s", outage.toSeconds(), account(affected));
      Evidence.show("meanwhile:   %s", account(unaffected));
      assertTrue(account(affected).failing());
      assertTrue(account(affected).held() > 0);
      assertTrue(account(unaffected).delivered() > otherBefore);
      assertEquals(0, other.refusals());
      backend.start();
      deliveredBeyond(account(affected).delivered());
      long before = accepted(loaders);
      Await.until(
          "it is accepted as before", LIMIT, () -> accepted(loaders), now -> now > before + AFTER);
      loaders.forEach(Loader::stop);
      other.stop();
      Await.until("nothing is held", LIMIT, sluice::ledger, ledger -> ledger.held() == 0);
    }

    private void deliveredBeyond(long items) {
      Await.until(
          affected + " delivers", LIMIT, () -> account(affected).delivered(), now -> now > items);
    }

    private Ledger.Account account(String exporter) {
      return sluice.ledger().account(exporter);
    }
  }
}
