package dev.sluice.config;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A small distribution whose components read their settings as the real ones do. */
final class FakeDistribution {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private FakeDistribution() {}

  static ComponentTypes types() {
    return new ComponentTypes(
        Map.of(
            ComponentKind.RECEIVER, Set.of("otlp", "nop"),
            ComponentKind.PROCESSOR, Set.of("batch", "memory_limiter", "resource"),
            ComponentKind.EXPORTER,
                Set.of("debug", "loki", "otlp_grpc", "otlp_http", "prometheus_remote_write"),
            ComponentKind.CONNECTOR, Set.of("forward"),
            ComponentKind.EXTENSION, Set.of("health_check", "file_storage")));
  }

  /** Reads a configuration as the start does: everything, then what nobody asked for. */
  static ServiceConfig read(Config config) {
    ServiceConfig service = ServiceConfig.read(config, types());
    for (ComponentKind kind : ComponentKind.values()) {
      service.components(kind).forEach(FakeDistribution::read);
    }
    service.telemetry().acceptAnyKey();
    config.reportUnknownKeys();
    return service;
  }

  private static void read(Component component) {
    Section section = component.section();
    switch (component.kind().word() + " " + component.id().type()) {
      case "receiver otlp" -> otlp(section.section("protocols"));
      case "processor batch" -> batch(section);
      case "exporter otlp_grpc" -> grpc(section);
      case "exporter otlp_http", "exporter loki", "exporter prometheus_remote_write" ->
          http(section);
      case "exporter debug" -> section.choice("verbosity", "basic", "basic", "normal", "detailed");
      case "extension health_check" ->
          Endpoint.listening(section, "endpoint", new Endpoint("localhost", 13133));
      case "processor memory_limiter" -> {
        section.duration("check_interval", Duration.ZERO);
        section.mebibytes("limit_mib", 0, 1, 1 << 20);
        section.mebibytes("spike_limit_mib", 0, 1, 1 << 20);
      }
      case "processor resource" -> section.sections("attributes").forEach(FakeDistribution::action);
      default -> {}
    }
  }

  private static void action(Section section) {
    section.requiredString("key");
    section.any("value");
    section.choice("action", "upsert", "insert", "update", "upsert", "delete");
  }

  private static void otlp(Section protocols) {
    for (String name : new String[] {"grpc", "http"}) {
      Section protocol = protocols.sectionIfPresent(name);
      if (protocol != null) {
        Endpoint.listening(protocol, "endpoint", new Endpoint("localhost", 4317));
        protocol.integer("max_recv_msg_size_mib", 4, 1, 1024);
        Section tls = protocol.sectionIfPresent("tls");
        if (tls != null) {
          TlsServerConfig.read(tls);
        }
      }
    }
  }

  private static void batch(Section section) {
    section.integer("send_batch_size", 8192, 0, Integer.MAX_VALUE);
    section.integer("send_batch_max_size", 0, 0, Integer.MAX_VALUE);
    section.duration("timeout", Duration.ofMillis(200));
  }

  private static void grpc(Section section) {
    Endpoint.connecting(section, "endpoint");
    sending(section);
  }

  private static void http(Section section) {
    if (Endpoint.url(section, "endpoint") == null && !section.has("endpoint")) {
      section.problem("endpoint", "is required");
    }
    sending(section);
  }

  private static void sending(Section section) {
    section.duration("timeout", SECOND);
    section.choice("compression", "gzip", "none", "gzip", "zstd", "snappy");
    section.secretMap("headers");
    TlsClientConfig.read(section.section("tls"));
    Section queue = section.section("sending_queue");
    queue.bool("enabled", true);
    queue.integer("queue_size", 1000, 1, Integer.MAX_VALUE);
    Section retry = section.section("retry_on_failure");
    retry.bool("enabled", true);
    retry.duration("initial_interval", SECOND);
    retry.duration("max_elapsed_time", SECOND);
  }
}
