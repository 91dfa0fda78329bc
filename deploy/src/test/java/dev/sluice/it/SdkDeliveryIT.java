package dev.sluice.it;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unchanged SDKs in front, the real backends behind: what each sends is found in each backend. */
class SdkDeliveryIT {
  @RegisterExtension final Products products = new Products();

  static Stream<Sdk> sdks() {
    return Stream.concat(Stream.of(JavaSdk.values()), Stream.of(ScriptedSdk.values()));
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void deliversMetricsAndLogsToTheirBackends(Sdk sdk) {
    Prometheus prometheus = Backends.prometheus();
    Loki loki = Backends.loki();
    SluiceProcess sluice =
        products.start("full.yaml", FullConfig.of().metricsTo(prometheus).logsTo(loki).variables());
    String service = Requests.unique(sdk.label());
    SdkSample sample = new SdkSample(service, sdk.send(sluice, service));
    sample.isIn(prometheus);
    sample.isIn(loki);
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void deliversTracesToTempo(Sdk sdk) {
    Tempo tempo = Backends.tempo();
    SluiceProcess sluice =
        products.start("full.yaml", FullConfig.of().tracesTo(tempo, true, true).variables());
    String service = Requests.unique(sdk.label());
    new SdkSample(service, sdk.send(sluice, service)).isIn(tempo);
    for (String exporter : List.of("otlp_grpc", "otlp_http")) {
      Await.until(
          exporter + " has delivered both spans",
          Tempo.LIMIT,
          () -> sluice.ledger().account(exporter).delivered(),
          delivered -> delivered == 2);
    }
  }
}
