package dev.sluice.config;

import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code service} and what it refers to. One use. */
final class ServiceReader {
  private final Section service;
  private final DefinedComponents components;
  private final Problems problems;

  ServiceReader(Section root, ComponentTypes types) {
    this.components = new DefinedComponents(root, types);
    this.service = root.section("service");
    this.problems = root.reading().problems();
  }

  ServiceConfig read() {
    List<Component> extensions =
        references(service, "extensions", ComponentKind.EXTENSION).stream()
            .filter(components::usable)
            .toList();
    List<PipelineConfig> pipelines = pipelines();
    components.warnOfUnused();
    new ConnectorCheck(pipelines, problems).run();
    return new ServiceConfig(components, extensions, pipelines, service.section("telemetry"));
  }

  private List<PipelineConfig> pipelines() {
    List<PipelineConfig> pipelines = new ArrayList<>();
    Map<String, Section> sections = service.sectionMap("pipelines");
    if (sections.isEmpty()) {
      service.problem("pipelines", "at least one pipeline must be defined");
    }
    sections.forEach((id, section) -> pipeline(id, section).ifPresent(pipelines::add));
    return pipelines;
  }

  private Optional<PipelineConfig> pipeline(String id, Section section) {
    List<Component> receivers =
        references(section, "receivers", ComponentKind.RECEIVER, ComponentKind.CONNECTOR);
    List<Component> processors = references(section, "processors", ComponentKind.PROCESSOR);
    List<Component> exporters =
        references(section, "exporters", ComponentKind.EXPORTER, ComponentKind.CONNECTOR);
    requireSome(section, "receivers");
    requireSome(section, "exporters");
    return signal(id, section)
        .map(signal ->
            new PipelineConfig(
                id,
                signal,
                section.position(),
                known(receivers),
                known(processors),
                known(exporters)));
  }

  private static Optional<Signal> signal(String id, Section section) {
    String invalid = ComponentId.invalid(id);
    if (!invalid.isEmpty()) {
      section.problem(invalid);
      return Optional.empty();
    }
    String type = ComponentId.of(id).type();
    Optional<Signal> signal =
        Stream.of(Signal.values()).filter(known -> known.label().equals(type)).findFirst();
    if (type.equals("profiles")) {
      section.problem("Sluice has no profiles signal; remove the pipeline");
    } else if (signal.isEmpty()) {
      List<String> known = Stream.of(Signal.values()).map(Signal::label).toList();
      section.problem(
          "a pipeline is traces, metrics or logs, or one of them with /name; got \""
              + type
              + "\""
              + Nearest.hint(type, known));
    }
    return signal;
  }

  private static void requireSome(Section section, String key) {
    if (section.located(key).isEmpty()) {
      section.problem(key, "a pipeline must have at least one of its " + key);
    }
  }

  private List<Component> known(List<Component> all) {
    return all.stream().filter(components::usable).toList();
  }

  private List<Component> references(Section section, String key, ComponentKind... kinds) {
    Map<Component, Position> found = new LinkedHashMap<>();
    int index = 0;
    for (Located reference : section.located(key)) {
      String path = Node.path(Node.path(section.path(), key), String.valueOf(index++));
      Component component = components.resolve(reference, path, kinds);
      if (component != null && found.putIfAbsent(component, reference.at()) != null) {
        twice(component, reference, path);
      }
    }
    return List.copyOf(found.keySet());
  }

  private void twice(Component component, Located reference, String path) {
    if (component.kind() == ComponentKind.PROCESSOR) {
      problems.error(reference.at(), path, component + " is listed twice in the same pipeline");
    } else {
      problems.warning(reference.at(), path, component + " is listed twice; once is enough");
    }
  }
}
