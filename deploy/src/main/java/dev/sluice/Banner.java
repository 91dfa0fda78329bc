package dev.sluice;

/** What is said at a start without a configuration: where to send, where to look, how to go on. */
final class Banner {
  private Banner() {}

  static String text(Host host, String version) {
    return """
    Sluice %1$s takes OTLP on %2$s and keeps the last minutes in memory.

      Send    OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317   (OTEL_EXPORTER_OTLP_PROTOCOL=grpc)
              OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318   (http/protobuf or http/json)
      Look    http://127.0.0.1:4319/api/recent/traces   …/metrics   …/logs
              http://127.0.0.1:13133/status             http://127.0.0.1:8888/metrics
      Deliver sluice --config FILE delivers to Tempo, Prometheus and Loki; sluice --help

    """
        .formatted(version, host.container() ? "all addresses" : "this machine's loopback");
  }
}
