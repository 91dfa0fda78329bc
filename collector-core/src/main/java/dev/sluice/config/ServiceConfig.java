package dev.sluice.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration defines as a whole: components, the pipelines they form, and the service's
 * own telemetry.
 *
 * <p>Ids are under the current names of their types. Components of types that the distribution does
 * not have are left out; they are problems. To be used only when there is no error.
 */
public final class ServiceConfig {
  private final DefinedComponents defined;
  private final Map<ComponentKind, Map<ComponentId, Component>> components;
  private final List<Component> extensions;
  private final List<PipelineConfig> pipelines;
  private final Section telemetry;

  ServiceConfig(
      DefinedComponents defined,
      List<Component> extensions,
      List<PipelineConfig> pipelines,
      Section telemetry) {
    this.defined = defined;
    this.components = defined.usable();
    this.extensions = List.copyOf(extensions);
    this.pipelines = List.copyOf(pipelines);
    this.telemetry = telemetry;
  }

  /**
   * Reads the top level of a configuration, and the references between its parts.
   *
   * <p>What the components' own sections hold is read by the components afterwards; {@link
   * Config#reportUnknownKeys} comes last.
   */
  public static ServiceConfig read(Config config, ComponentTypes types) {
    return new ServiceReader(config.root(), types).read();
  }

  /** The components of one kind, used or not, in the order of the configuration. */
  public List<Component> components(ComponentKind kind) {
    return List.copyOf(components.getOrDefault(kind, Map.of()).values());
  }

  /** The component of an id, or null when none is defined. */
  public @Nullable Component component(ComponentKind kind, ComponentId id) {
    return components.getOrDefault(kind, Map.of()).get(id);
  }

  /**
   * The extension that a reference means; null, and a problem, when there is none or when it is not
   * among {@code service::extensions}.
   */
  public @Nullable Component authenticator(AuthenticatorReference reference) {
    Located written = new Located(reference.text(), reference.at());
    Component found = defined.resolve(written, reference.path(), ComponentKind.EXTENSION);
    if (found == null || extensions.contains(found)) {
      return found;
    }
    if (defined.usable(found)) {
      defined.notStarted(reference, found);
    }
    return null;
  }

  /** The extensions to start, in the order of {@code service::extensions}. */
  public List<Component> extensions() {
    return extensions;
  }

  /** The pipelines, in the order of the configuration. */
  public List<PipelineConfig> pipelines() {
    return pipelines;
  }

  /** {@code service::telemetry}; one without keys when there is none. */
  public Section telemetry() {
    return telemetry;
  }
}
