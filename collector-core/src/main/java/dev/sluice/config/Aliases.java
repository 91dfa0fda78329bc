package dev.sluice.config;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The old and new names of component types.
 *
 * <p>The Collector renames types to snake_case since v0.144; old names go on working there and are
 * warned of. The receiver {@code otlp} keeps its name.
 */
final class Aliases {
  private final Map<ComponentKind, Map<String, String>> current =
      new EnumMap<>(ComponentKind.class);
  private final Map<ComponentKind, Map<String, String>> old = new EnumMap<>(ComponentKind.class);

  Aliases() {
    add(ComponentKind.RECEIVER, "filelog", "file_log");
    add(ComponentKind.RECEIVER, "hostmetrics", "host_metrics");
    add(ComponentKind.RECEIVER, "httpcheck", "http_check");
    add(ComponentKind.RECEIVER, "kubeletstats", "kubelet_stats");
    add(ComponentKind.RECEIVER, "tcplog", "tcp_log");
    add(ComponentKind.RECEIVER, "udplog", "udp_log");
    add(ComponentKind.PROCESSOR, "deltatocumulative", "delta_to_cumulative");
    add(ComponentKind.PROCESSOR, "k8sattributes", "k8s_attributes");
    add(ComponentKind.PROCESSOR, "metricstransform", "metrics_transform");
    add(ComponentKind.PROCESSOR, "resourcedetection", "resource_detection");
    add(ComponentKind.EXPORTER, "loadbalancing", "load_balancing");
    add(ComponentKind.EXPORTER, "otlp", "otlp_grpc");
    add(ComponentKind.EXPORTER, "otlphttp", "otlp_http");
    add(ComponentKind.EXPORTER, "prometheusremotewrite", "prometheus_remote_write");
    add(ComponentKind.CONNECTOR, "spanmetrics", "span_metrics");
    also(ComponentKind.EXTENSION, "basic_auth", "basicauth");
    also(ComponentKind.EXTENSION, "bearer_token_auth", "bearertokenauth");
  }

  /** The other name of a type, old or new; itself when it has only one. */
  String other(ComponentKind kind, String type) {
    String newer = names(current, kind).get(type);
    return newer != null ? newer : names(old, kind).getOrDefault(type, type);
  }

  /** Whether a type is an old name. */
  boolean deprecated(ComponentKind kind, String type) {
    return names(current, kind).containsKey(type);
  }

  private void add(ComponentKind kind, String oldName, String newName) {
    current.computeIfAbsent(kind, _ -> new HashMap<>()).put(oldName, newName);
    old.computeIfAbsent(kind, _ -> new HashMap<>()).put(newName, oldName);
  }

  /** A spelling that is as good as the name: the Collector has not renamed these. */
  private void also(ComponentKind kind, String spelling, String name) {
    old.computeIfAbsent(kind, _ -> new HashMap<>()).put(spelling, name);
  }

  private static Map<String, String> names(
      Map<ComponentKind, Map<String, String>> names, ComponentKind kind) {
    return names.getOrDefault(kind, Map.of());
  }
}
