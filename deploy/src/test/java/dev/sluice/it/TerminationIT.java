package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM under load: what was accepted is in the backends, and the exit code is 0. */
class TerminationIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long ITEMS = 5_000;

  @RegisterExtension final Products products = new Products();

  @ParameterizedTest
  @ValueSource(strings = {"outage.yaml", "held.yaml"})
  void deliversWhatItHasAcceptedBeforeItExits(String config) {
    Prometheus prometheus = Backends.prometheus();
    Loki loki = Backends.loki();
    SluiceProcess sluice =
        products.start(
            config, Map.of("PROMETHEUS_WRITE", prometheus.write(), "LOKI_PUSH", loki.push()));
    String service = Requests.unique("sigterm");
    List<Loader> logs =
        List.of(
            Load.logs("http", OtlpClient.http(sluice.http()), service),
            Load.logs("grpc", OtlpClient.grpc(sluice.grpc()), service));
    List<Loader> metrics =
        List.of(
            Load.metrics("http", OtlpClient.http(sluice.http()), service),
            Load.metrics("grpc", OtlpClient.grpc(sluice.grpc()), service));
    List<Loader> all = new ArrayList<>(logs);
    all.addAll(metrics);
    Await.until("load", LIMIT, () -> sum(logs) + sum(metrics), items -> items > ITEMS);
    sluice.ledger().accounts().forEach(account -> Evidence.show("at SIGTERM: %s", account));
    sluice.terminate();
    sluice.awaitExit();
    Evidence.show("exit code 0; the end of its log:%n%s", sluice.logTail());
    all.forEach(Loader::stop);
    all.forEach(loader -> assertEquals(List.of(), loader.finalRefusals()));
    Load.holds("Loki", LIMIT, logs, () -> Load.lines(loki, service));
    Load.holds("Prometheus", LIMIT, metrics, () -> Load.samples(prometheus, service));
  }

  private static long sum(List<Loader> loaders) {
    return loaders.stream().mapToLong(Loader::acceptedItems).sum();
  }
}
