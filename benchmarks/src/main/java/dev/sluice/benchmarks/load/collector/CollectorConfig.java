package dev.sluice.benchmarks.load.collector;

/**
 * The configuration that every collector gets: OTLP in, default batching, uncompressed OTLP/HTTP,
 * remote write and Loki out to the sink.
 */
final class CollectorConfig {
  private static final String TEXT =
      """
      receivers:
        otlp:
          protocols:
            grpc: {endpoint: 127.0.0.1:%GRPC%, max_recv_msg_size_mib: 64}
            http: {endpoint: 127.0.0.1:%HTTP%}
      processors:
        batch: {}%LIMITER%
      exporters:
        otlp_http/tempo: {endpoint: "http://127.0.0.1:%SINK%", compression: none}
        prometheusremotewrite: {endpoint: "http://127.0.0.1:%SINK%/api/v1/write"}
        %LOGS%: {endpoint: "http://127.0.0.1:%SINK%%LOGS_PATH%"}
      extensions:
        health_check: {endpoint: 127.0.0.1:%HEALTH%}
      service:
        extensions: [health_check]
        pipelines:
          traces: {receivers: [otlp], processors: [%LIMIT%batch], exporters: [otlp_http/tempo]}
          metrics: {receivers: [otlp], processors: [%LIMIT%batch], exporters: [prometheusremotewrite]}
          logs: {receivers: [otlp], processors: [%LIMIT%batch], exporters: [%LOGS%]}
        telemetry:
          logs: {level: warn}
          metrics:
            readers:
              - pull: {exporter: {prometheus: {host: 127.0.0.1, port: %METRICS%}}}
      """;

  private static final String LIMITER =
      "\n  memory_limiter: {check_interval: 1s, limit_mib: 512, spike_limit_mib: 128}";

  private CollectorConfig() {}

  /**
   * The configuration as YAML.
   *
   * @param lokiPush whether logs go to Loki's push API, or as OTLP to its OTLP endpoint
   * @param memoryLimiter whether {@code memory_limiter} stands before each batch, at 512 MiB
   */
  static String yaml(Ports ports, int sinkPort, boolean lokiPush, boolean memoryLimiter) {
    return TEXT.replace("%LOGS%: {", lokiPush ? "loki: {" : "otlp_http/loki: {compression: none, ")
        .replace("%LOGS_PATH%", lokiPush ? "/loki/api/v1/push" : "/otlp")
        .replace("%LOGS%", lokiPush ? "loki" : "otlp_http/loki")
        .replace("%LIMITER%", memoryLimiter ? LIMITER : "")
        .replace("%LIMIT%", memoryLimiter ? "memory_limiter, " : "")
        .replace("%GRPC%", Integer.toString(ports.grpc()))
        .replace("%HTTP%", Integer.toString(ports.http()))
        .replace("%HEALTH%", Integer.toString(ports.health()))
        .replace("%METRICS%", Integer.toString(ports.metrics()))
        .replace("%SINK%", Integer.toString(sinkPort));
  }
}
