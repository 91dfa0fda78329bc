package dev.sluice;

import dev.sluice.auth.AuthenticatorSettings;
import dev.sluice.config.ComponentId;
import dev.sluice.journal.FileStorageSettings;
import dev.sluice.otlp.Signal;
import dev.sluice.pages.ApiSettings;
import dev.sluice.pages.HealthSettings;
import dev.sluice.pipeline.BatchSettings;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.ReceiverFactory;
import dev.sluice.telemetry.TelemetrySettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration asks for, read and checked; nothing is made or opened yet.
 *
 * @param receivers by id, those that a pipeline uses
 * @param healthPages one a {@code health_check} extension
 * @param apiPages one an {@code api} extension
 * @param authenticators those among the extensions to start, by id
 */
record Blueprint(
    Map<String, ReceiverFactory.Plan> receivers,
    List<PipelinePlan> pipelines,
    List<HealthSettings> healthPages,
    List<ApiSettings> apiPages,
    Map<ComponentId, AuthenticatorSettings> authenticators,
    TelemetrySettings telemetry) {

  /**
   * One pipeline.
   *
   * @param receivers the ids of those that feed it
   * @param batch the batching of exporters without their own
   * @param memoryLimitBytes what its {@code memory_limiter} says; the largest long without one
   * @param storage where its journal is, for the exporters that name it; null when none does
   */
  record PipelinePlan(
      String id,
      Signal signal,
      List<String> receivers,
      BatchSettings batch,
      long memoryLimitBytes,
      @Nullable FileStorageSettings storage,
      List<ExitPlan> exits) {}

  /** One exporter of a pipeline. */
  record ExitPlan(String id, ExporterFactory.Plan plan) {}
}
