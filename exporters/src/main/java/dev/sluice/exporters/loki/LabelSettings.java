package dev.sluice.exporters.loki;

import java.util.List;
import java.util.Set;

/**
 * Which attributes become index labels, most important first.
 *
 * @param resource resource attributes
 * @param attributes log record attributes
 * @param old the old exporter's own labels that are wanted: {@code exporter}, {@code job}, {@code
 *     instance}, {@code level}
 */
record LabelSettings(List<String> resource, List<String> attributes, Set<String> old) {
  static final String SERVICE_NAME = "service.name";
  static final String EXPORTER = "exporter";
  static final String JOB = "job";
  static final String INSTANCE = "instance";
  static final String LEVEL = "level";

  /** The old exporter's labels, all of them on unless switched off. */
  static final List<String> OLD = List.of(EXPORTER, JOB, INSTANCE, LEVEL);

  /**
   * The 18 attributes that Loki's OTLP endpoint indexes. Loki takes 15 labels, so the order
   * matters: last, and demoted first, are the two with the most values and the deprecated synonym
   * of {@code deployment.environment.name}.
   */
  static final List<String> LOKI_RESOURCE =
      List.of(
          SERVICE_NAME,
          "service.namespace",
          "deployment.environment.name",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name",
          "k8s.container.name",
          "container.name",
          "k8s.pod.name",
          "cloud.region",
          "cloud.availability_zone",
          "deployment.environment",
          "service.instance.id",
          "k8s.replicaset.name");

  static final LabelSettings DEFAULTS = new LabelSettings(LOKI_RESOURCE, List.of(), Set.of());
}
