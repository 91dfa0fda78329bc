package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds connectors that lead nowhere, come from nowhere, or lead back to where they came from. */
final class ConnectorCheck {
  private final List<PipelineConfig> pipelines;
  private final Problems problems;

  ConnectorCheck(List<PipelineConfig> pipelines, Problems problems) {
    this.pipelines = pipelines;
    this.problems = problems;
  }

  void run() {
    for (PipelineConfig pipeline : pipelines) {
      for (Component connector : connectors(pipeline.exporters())) {
        if (receiving(connector).isEmpty()) {
          error(pipeline, connector + " is used as an exporter, but no pipeline receives from it");
        }
      }
      for (Component connector : connectors(pipeline.receivers())) {
        if (pipelines.stream().noneMatch(other -> other.exporters().contains(connector))) {
          error(pipeline, connector + " is used as a receiver, but no pipeline exports to it");
        }
      }
      findCycle(pipeline, pipeline, new LinkedHashSet<>());
    }
  }

  /** Reports a way from {@code pipeline} back to {@code start}; each pipeline is passed once. */
  private boolean findCycle(PipelineConfig start, PipelineConfig pipeline, Set<String> passed) {
    passed.add(pipeline.id());
    for (PipelineConfig next : following(pipeline)) {
      if (next.id().equals(start.id())) {
        String way = String.join(" -> ", passed) + " -> " + start.id();
        error(start, "its connectors lead back to it: " + way);
        return true;
      }
      if (!passed.contains(next.id()) && findCycle(start, next, passed)) {
        return true;
      }
    }
    return false;
  }

  private List<PipelineConfig> following(PipelineConfig pipeline) {
    List<PipelineConfig> following = new ArrayList<>();
    connectors(pipeline.exporters()).forEach(connector -> following.addAll(receiving(connector)));
    return following;
  }

  private List<PipelineConfig> receiving(Component connector) {
    return pipelines.stream().filter(other -> other.receivers().contains(connector)).toList();
  }

  private static List<Component> connectors(List<Component> components) {
    return components.stream()
        .filter(component -> component.kind() == ComponentKind.CONNECTOR)
        .toList();
  }

  private void error(PipelineConfig pipeline, String message) {
    problems.error(pipeline.at(), "service::pipelines::" + pipeline.id(), message);
  }
}
