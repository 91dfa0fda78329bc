package dev.sluice.it;

import java.util.HashMap;
import java.util.Map;

/** The variables of {@code full.yaml}: what is not sent anywhere goes to {@code nop}. */
final class FullConfig {
  private final Map<String, String> variables = new HashMap<>();

  private FullConfig() {}

  static FullConfig of() {
    return new FullConfig();
  }

  FullConfig tracesTo(Tempo tempo, boolean grpc, boolean http) {
    variables.put("TEMPO_OTLP_GRPC", tempo.otlpGrpc());
    variables.put("TEMPO_OTLP_HTTP", tempo.otlpHttp());
    variables.put("TRACES_GRPC", grpc ? "otlp_grpc" : "nop");
    variables.put("TRACES_HTTP", http ? "otlp_http" : "nop");
    return this;
  }

  FullConfig metricsTo(Prometheus prometheus) {
    variables.put("PROMETHEUS_WRITE", prometheus.write());
    variables.put("METRICS", "prometheus_remote_write");
    return this;
  }

  /** Remote write 2.0 instead of 1.0. */
  FullConfig remoteWriteTwo() {
    variables.put("REMOTE_WRITE", "io.prometheus.write.v2.Request");
    return this;
  }

  FullConfig logsTo(Loki loki) {
    variables.put("LOKI_PUSH", loki.push());
    variables.put("LOGS", "loki");
    return this;
  }

  Map<String, String> variables() {
    return Map.copyOf(variables);
  }
}
