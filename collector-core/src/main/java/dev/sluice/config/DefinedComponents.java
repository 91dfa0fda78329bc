package dev.sluice.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the five maps of components and resolves references to them. */
final class DefinedComponents {
  private final Map<ComponentKind, Map<ComponentId, Component>> all =
      new EnumMap<>(ComponentKind.class);
  private final Set<Component> used = new HashSet<>();
  private final ComponentTypes types;
  private final Problems problems;

  DefinedComponents(Section root, ComponentTypes types) {
    this.types = types;
    this.problems = root.reading().problems();
    for (ComponentKind kind : ComponentKind.values()) {
      all.put(kind, new LinkedHashMap<>());
      root.sectionMap(kind.key()).values().forEach(section -> define(kind, section));
    }
    all.getOrDefault(ComponentKind.CONNECTOR, Map.of()).values().forEach(this::checkAmbiguity);
  }

  /** The components of the types that the distribution has. */
  Map<ComponentKind, Map<ComponentId, Component>> usable() {
    Map<ComponentKind, Map<ComponentId, Component>> usable = new EnumMap<>(ComponentKind.class);
    all.forEach((kind, components) -> {
      Map<ComponentId, Component> known = new LinkedHashMap<>(components);
      known.values().removeIf(component -> !usable(component));
      usable.put(kind, known);
    });
    return usable;
  }

  boolean usable(Component component) {
    return types.has(component.kind(), component.id().type());
  }

  /** The component that a reference means, of the first of the kinds that has it; null for none. */
  @Nullable Component resolve(Located reference, String path, ComponentKind... kinds) {
    String invalid = ComponentId.invalid(reference.text());
    if (!invalid.isEmpty()) {
      problems.error(reference.at(), path, "\"" + reference.text() + "\": " + invalid);
      return null;
    }
    ComponentId written = ComponentId.of(reference.text());
    for (ComponentKind kind : kinds) {
      Component component = of(kind).get(current(kind, written));
      if (component != null) {
        used.add(component);
        return component;
      }
    }
    problems.error(reference.at(), path, dangling(written, kinds[0]));
    return null;
  }

  /** Records that an extension is referred to and not started. */
  void notStarted(AuthenticatorReference reference, Component extension) {
    problems.error(
        reference.at(),
        reference.path(),
        extension + " is not listed in service::extensions; add it there");
  }

  void warnOfUnused() {
    for (Map<ComponentId, Component> components : all.values()) {
      for (Component component : components.values()) {
        if (usable(component) && !used.contains(component)) {
          Section section = component.section();
          problems.warning(section.position(), section.path(), unused(component.kind()));
        }
      }
    }
  }

  private static String unused(ComponentKind kind) {
    return kind == ComponentKind.EXTENSION
        ? "is defined but not listed in service::extensions, so it does not run"
        : "is defined but used by no pipeline";
  }

  private void define(ComponentKind kind, Section section) {
    String written = section.path().substring(kind.key().length() + "::".length());
    String invalid = ComponentId.invalid(written);
    if (!invalid.isEmpty()) {
      section.problem(invalid);
      section.acceptAnyKey();
      return;
    }
    ComponentId id = ComponentId.of(written);
    ComponentId current = current(kind, id);
    Component component = new Component(kind, current, section);
    Component earlier = of(kind).putIfAbsent(current, component);
    if (earlier != null) {
      section.problem(
          "is the same "
              + kind.word()
              + " as "
              + earlier.section().path()
              + " at "
              + earlier.section().position());
      section.acceptAnyKey();
    } else if (!usable(component)) {
      section.problem(types.refusal(kind, id.type()));
      section.acceptAnyKey();
    } else if (types.deprecated(kind, id.type())) {
      problems.warning(
          section.position(),
          section.path(),
          "\"%s\" alias is deprecated; use \"%s\" instead".formatted(id.type(), current.type()));
    }
  }

  /** The Collector's rule: a pipeline could not tell which of the two is meant. */
  private void checkAmbiguity(Component connector) {
    for (ComponentKind kind : List.of(ComponentKind.RECEIVER, ComponentKind.EXPORTER)) {
      if (of(kind).containsKey(connector.id())) {
        connector
            .section()
            .problem(
                "has the id of " + kind.one() + "; rename one, a pipeline cannot tell them apart");
      }
    }
  }

  private String dangling(ComponentId id, ComponentKind kind) {
    List<String> defined = new ArrayList<>();
    of(kind).keySet().forEach(known -> defined.add(known.toString()));
    String hint = Nearest.hint(id.toString(), defined);
    for (ComponentKind other : ComponentKind.values()) {
      if (other != kind && of(other).containsKey(current(other, id))) {
        hint = "; \"" + id + "\" is defined under " + other.key();
      }
    }
    String missing = Nearest.ended("%s \"%s\" is not defined%s".formatted(kind.word(), id, hint));
    return missing + " Defined " + kind.key() + ": " + Nearest.listed(defined);
  }

  private ComponentId current(ComponentKind kind, ComponentId id) {
    return id.withType(types.current(kind, id.type()));
  }

  private Map<ComponentId, Component> of(ComponentKind kind) {
    return all.getOrDefault(kind, Map.of());
  }
}
