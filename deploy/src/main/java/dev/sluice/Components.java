package dev.sluice;

import dev.sluice.auth.AuthenticatorSettings;
import dev.sluice.config.ComponentKind;
import dev.sluice.config.ComponentTypes;
import dev.sluice.console.RecentExporterFactory;
import dev.sluice.exporters.debug.DebugExporterFactory;
import dev.sluice.exporters.debug.NopExporterFactory;
import dev.sluice.exporters.loki.LokiExporterFactory;
import dev.sluice.exporters.otlp.OtlpHttpExporterFactory;
import dev.sluice.exporters.otlp.grpc.OtlpGrpcExporterFactory;
import dev.sluice.exporters.prometheus.RemoteWriteExporterFactory;
import dev.sluice.pages.Page;
import dev.sluice.pages.PageServer;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.ReceiverFactory;
import dev.sluice.receivers.otlp.OtlpReceiverFactory;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of names: every component type there is. A new one is one line here. Made anew for each
 * run, since {@code recent} remembers its stores.
 */
final class Components {
  static final String BATCH = "batch";
  static final String MEMORY_LIMITER = "memory_limiter";
  static final String API = "api";
  static final String HEALTH_CHECK = "health_check";
  static final String FILE_STORAGE = "file_storage";

  private final RecentExporterFactory recent = new RecentExporterFactory();
  private final Map<String, ReceiverFactory> receivers = new TreeMap<>();
  private final Map<String, ExporterFactory> exporters = new TreeMap<>();

  /** The table, with what {@code debug} writes to. */
  Components(PrintStream output) {
    add(new OtlpReceiverFactory());
    add(new RemoteWriteExporterFactory());
    add(new OtlpGrpcExporterFactory());
    add(new OtlpHttpExporterFactory());
    add(new LokiExporterFactory());
    add(new DebugExporterFactory(output));
    add(new NopExporterFactory());
    add(recent);
  }

  /** The factory of a receiver type that {@link #types} has. */
  ReceiverFactory receiver(String type) {
    return known(receivers, type);
  }

  /** The factory of an exporter type that {@link #types} has. */
  ExporterFactory exporter(String type) {
    return known(exporters, type);
  }

  /** The pages of the {@code recent} exporters that were made, with what else is served there. */
  List<PageServer> recentServers(Page more) {
    return recent.servers(more);
  }

  /** The names, by kind. */
  ComponentTypes types() {
    return new ComponentTypes(
        Map.of(
            ComponentKind.RECEIVER, receivers.keySet(),
            ComponentKind.PROCESSOR, Set.of(BATCH, MEMORY_LIMITER),
            ComponentKind.EXPORTER, exporters.keySet(),
            ComponentKind.EXTENSION, extensions()));
  }

  private static Set<String> extensions() {
    Set<String> extensions = new TreeSet<>(AuthenticatorSettings.TYPES);
    extensions.addAll(List.of(API, FILE_STORAGE, HEALTH_CHECK));
    return extensions;
  }

  /** What {@code sluice components} prints. */
  String listed(String version) {
    StringBuilder text = new StringBuilder("sluice " + version + "\n");
    ComponentTypes types = types();
    for (ComponentKind kind : ComponentKind.values()) {
      text.append(kind.key()).append(":\n");
      types.of(kind).forEach(name -> text.append("  - ").append(name).append('\n'));
    }
    return text.toString();
  }

  private void add(ReceiverFactory factory) {
    receivers.put(factory.type(), factory);
  }

  private void add(ExporterFactory factory) {
    exporters.put(factory.type(), factory);
  }

  private static <F> F known(Map<String, F> factories, String type) {
    F factory = factories.get(type);
    if (factory == null) {
      throw new IllegalArgumentException("no such component: " + type);
    }
    return factory;
  }
}
