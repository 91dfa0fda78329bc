package dev.sluice;

import dev.sluice.Blueprint.ExitPlan;
import dev.sluice.Blueprint.PipelinePlan;
import dev.sluice.auth.AuthenticatorSettings;
import dev.sluice.config.AuthenticatorReference;
import dev.sluice.config.Component;
import dev.sluice.config.ComponentId;
import dev.sluice.config.ComponentKind;
import dev.sluice.config.Config;
import dev.sluice.config.PipelineConfig;
import dev.sluice.config.Problems;
import dev.sluice.config.Section;
import dev.sluice.config.ServiceConfig;
import dev.sluice.journal.FileStorageSettings;
import dev.sluice.otlp.Signal;
import dev.sluice.pages.ApiSettings;
import dev.sluice.pages.HealthSettings;
import dev.sluice.pipeline.BatchSettings;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.ReceiverFactory;
import dev.sluice.processors.BatchProcessor;
import dev.sluice.processors.MemoryLimiter;
import dev.sluice.telemetry.TelemetrySettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration with the components there are. Each component's section is read once, used
 * or not, so that mistakes in all of them are found. One use.
 */
final class BlueprintReader {
  private final Components components;
  private final Problems problems;
  private final long memoryBytes;
  private final Map<Component, ReceiverFactory.Plan> receivers = new LinkedHashMap<>();
  private final Map<Component, ExporterFactory.Plan> exporters = new LinkedHashMap<>();
  private final Map<Component, BatchSettings> batches = new LinkedHashMap<>();
  private final Map<Component, MemoryLimiter> limiters = new LinkedHashMap<>();
  private final Map<Component, HealthSettings> healthPages = new LinkedHashMap<>();
  private final Map<String, FileStorageSettings> storages = new LinkedHashMap<>();
  private final Map<Component, ApiSettings> apiPages = new LinkedHashMap<>();
  private final Map<Component, AuthenticatorSettings> authenticators = new LinkedHashMap<>();

  /**
   * A reader that records what is wrong in {@code problems}.
   *
   * @param memoryBytes of the container or the machine; percentages are of it
   */
  BlueprintReader(Components components, Problems problems, long memoryBytes) {
    this.components = components;
    this.problems = problems;
    this.memoryBytes = memoryBytes;
  }

  /** The blueprint; to be used only when there are no errors among the problems. */
  Blueprint read(Config config) {
    ServiceConfig service = ServiceConfig.read(config, components.types());
    readComponents(service);
    List<String> running = service.extensions().stream().map(it -> it.id().toString()).toList();
    storages.keySet().retainAll(running);
    TelemetrySettings telemetry = TelemetrySettings.read(service.telemetry());
    List<PipelinePlan> pipelines = service.pipelines().stream().map(this::pipeline).toList();
    config.authenticators().forEach(reference -> checkAuthenticator(service, reference));
    config.reportUnknownKeys();
    return new Blueprint(
        usedReceivers(service.pipelines()),
        pipelines,
        listed(service, healthPages),
        listed(service, apiPages),
        startedAuthenticators(service.extensions()),
        telemetry);
  }

  private void checkAuthenticator(ServiceConfig service, AuthenticatorReference reference) {
    Component found = service.authenticator(reference);
    if (found == null) {
      return;
    }
    AuthenticatorSettings settings = authenticators.get(found);
    boolean fits = settings != null && (reference.server() ? settings.server() : settings.client());
    if (!fits) {
      String task = reference.server() ? "let others in" : "show credentials to a backend";
      problems.error(reference.at(), reference.path(), found + " cannot " + task);
    }
  }

  private Map<ComponentId, AuthenticatorSettings> startedAuthenticators(List<Component> started) {
    Map<ComponentId, AuthenticatorSettings> settings = new LinkedHashMap<>();
    for (Component extension : started) {
      AuthenticatorSettings authenticator = authenticators.get(extension);
      if (authenticator != null) {
        settings.put(extension.id(), authenticator);
      }
    }
    return settings;
  }

  private void readComponents(ServiceConfig service) {
    for (Component receiver : service.components(ComponentKind.RECEIVER)) {
      receivers.put(receiver, components.receiver(receiver.id().type()).read(receiver.section()));
    }
    for (Component processor : service.components(ComponentKind.PROCESSOR)) {
      readProcessor(processor);
    }
    for (Component exporter : service.components(ComponentKind.EXPORTER)) {
      exporters.put(exporter, components.exporter(exporter.id().type()).read(exporter.section()));
    }
    for (Component extension : service.components(ComponentKind.EXTENSION)) {
      readExtension(extension);
    }
  }

  private void readExtension(Component extension) {
    String type = extension.id().type();
    if (AuthenticatorSettings.TYPES.contains(type)) {
      authenticators.put(extension, AuthenticatorSettings.read(type, extension.section()));
      return;
    }
    switch (type) {
      case Components.API -> apiPages.put(extension, ApiSettings.read(extension.section()));
      case Components.HEALTH_CHECK ->
          healthPages.put(extension, HealthSettings.read(extension.section()));
      case Components.FILE_STORAGE ->
          storages.put(extension.id().toString(), FileStorageSettings.read(extension.section()));
      default -> throw new IllegalArgumentException("no such component: " + extension);
    }
  }

  /** What was read of those that are to run. */
  private static <P> List<P> listed(ServiceConfig service, Map<Component, P> read) {
    List<P> listed = new ArrayList<>();
    for (Component extension : service.extensions()) {
      P settings = read.get(extension);
      if (settings != null) {
        listed.add(settings);
      }
    }
    return listed;
  }

  private void readProcessor(Component processor) {
    switch (processor.id().type()) {
      case Components.BATCH -> batches.put(processor, BatchProcessor.read(processor.section()));
      case Components.MEMORY_LIMITER ->
          limiters.put(processor, MemoryLimiter.read(processor.section(), memoryBytes));
      default -> throw new IllegalArgumentException("no such component: " + processor);
    }
  }

  private PipelinePlan pipeline(PipelineConfig config) {
    BatchSettings batch = BatchSettings.IMMEDIATE;
    long memoryLimitBytes = Long.MAX_VALUE;
    for (Component processor : config.processors()) {
      batch = batches.getOrDefault(processor, batch);
      MemoryLimiter limiter = limiters.get(processor);
      if (limiter != null) {
        memoryLimitBytes = Math.min(memoryLimitBytes, limiter.softLimitBytes());
      }
    }
    List<ExitPlan> exits = new ArrayList<>();
    for (Component exporter : config.exporters()) {
      checkSignal(config, exporter);
      exits.add(new ExitPlan(exporter.id().toString(), known(exporters, exporter)));
    }
    List<String> ids =
        config.receivers().stream().map(receiver -> receiver.id().toString()).toList();
    return new PipelinePlan(
        config.id(), config.signal(), ids, batch, memoryLimitBytes, storage(config), exits);
  }

  /** The storage that the pipeline's exporters name, which has to be one and the same. */
  private @Nullable FileStorageSettings storage(PipelineConfig config) {
    String chosen = "";
    for (Component exporter : config.exporters()) {
      String id = known(exporters, exporter).sender().queue().storage().id();
      Section queue = exporter.section().section("sending_queue");
      if (!id.isEmpty() && !storages.containsKey(id)) {
        queue.problem(
            "storage",
            "no file_storage extension \"%s\" is listed in service::extensions; listed are: %s"
                .formatted(id, storages.isEmpty() ? "none" : String.join(", ", storages.keySet())));
      } else if (!id.isEmpty() && !chosen.isEmpty() && !id.equals(chosen)) {
        queue.problem(
            "storage",
            "another exporter of pipeline %s has %s, and a pipeline has one journal"
                .formatted(config.id(), chosen));
      }
      chosen = id.isEmpty() ? chosen : id;
    }
    return storages.get(chosen);
  }

  private void checkSignal(PipelineConfig pipeline, Component exporter) {
    Set<Signal> signals = known(exporters, exporter).signals();
    if (!signals.contains(pipeline.signal())) {
      problems.error(
          pipeline.at(),
          "service::pipelines::" + pipeline.id() + "::exporters",
          exporter
              + " does not take "
              + pipeline.signal().label()
              + "; as it is configured, it takes "
              + String.join(", ", new TreeSet<>(signals).stream().map(Signal::label).toList()));
    }
  }

  private Map<String, ReceiverFactory.Plan> usedReceivers(List<PipelineConfig> pipelines) {
    Map<String, ReceiverFactory.Plan> used = new LinkedHashMap<>();
    for (PipelineConfig pipeline : pipelines) {
      for (Component receiver : pipeline.receivers()) {
        used.put(receiver.id().toString(), known(receivers, receiver));
      }
    }
    return used;
  }

  private static <P> P known(Map<Component, P> read, Component component) {
    return Objects.requireNonNull(read.get(component), component::toString);
  }
}
