package dev.sluice;

import dev.sluice.Blueprint.ExitPlan;
import dev.sluice.Blueprint.PipelinePlan;
import dev.sluice.ondisk.ReplayTarget;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.QueueSettings;
import dev.sluice.pipeline.Retention;
import dev.sluice.pipeline.SenderSettings;
import dev.sluice.pipeline.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipelines of a configuration for a replay: batching and retry are as configured, but
 * nothing is given up for want of room or for its age, nothing is written to a journal, and there
 * are no receivers and no pages. One use, one thread.
 */
final class ReplayWiring {
  private static final int WINDOW_SHARE = 8;
  private static final String RECENT = "recent";

  private final Host host;
  private final Components components;
  private final Memory memory;

  ReplayWiring(Host host, Components components, Memory memory) {
    this.host = host;
    this.components = components;
    this.memory = memory;
  }

  /**
   * Builds them.
   *
   * @param only exporters that are sent to; all when empty
   * @param answersWithResult whether each request is sent alone and answered when it is delivered
   * @param deadLetters where to keep what is refused, or null
   * @throws IOException when the configuration has no such exporter, or keeps nothing
   */
  ReplayTarget build(
      Blueprint blueprint,
      List<String> only,
      boolean answersWithResult,
      @Nullable DeadLetterFolder deadLetters)
      throws IOException {
    Blueprint replaying = replaying(blueprint, only, answersWithResult);
    Wiring wiring =
        new Wiring(host, components, replaying, memory, Journals.none(), Resources.version(), null);
    List<Pipeline> pipelines = wiring.pipelines(deadLetters);
    Map<Signal, Intake> intakes = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      List<Pipeline> fed = pipelines.stream().filter(it -> it.signal() == signal).toList();
      if (!fed.isEmpty()) {
        intakes.put(signal, wiring.intake("replay", fed));
      }
    }
    return new ReplayTarget(
        pipelines,
        intakes,
        answersWithResult,
        memory.telemetryBytes() / WINDOW_SHARE,
        memory.telemetryBytes() / pipelines.size(),
        deadLetters == null ? () -> {} : deadLetters::close);
  }

  private static Blueprint replaying(Blueprint blueprint, List<String> only, boolean withResult)
      throws IOException {
    Set<String> unknown = new TreeSet<>(only);
    Set<String> known = new TreeSet<>();
    List<PipelinePlan> pipelines = new ArrayList<>();
    for (PipelinePlan plan : blueprint.pipelines()) {
      List<ExitPlan> exits = new ArrayList<>();
      for (ExitPlan exit : plan.exits()) {
        known.add(exit.id());
        unknown.remove(exit.id());
        if (only.isEmpty() || only.contains(exit.id())) {
          refuseRecent(exit.id());
          exits.add(replaying(exit, withResult));
        }
      }
      if (!exits.isEmpty()) {
        pipelines.add(replaying(plan, exits));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IOException(
          "--only: the configuration of --to has no exporter %s; it has: %s"
              .formatted(String.join(", ", unknown), String.join(", ", known)));
    }
    return new Blueprint(
        Map.of(),
        pipelines,
        List.of(),
        List.of(),
        blueprint.authenticators(),
        blueprint.telemetry());
  }

  private static void refuseRecent(String exporter) throws IOException {
    if (exporter.split("/", 2)[0].equals(RECENT)) {
      throw new IOException(
          "--to: the exporter "
              + exporter
              + " keeps things in the memory of this process, which ends with the replay; leave it"
              + " out, or choose others with --only");
    }
  }

  private static PipelinePlan replaying(PipelinePlan plan, List<ExitPlan> exits) {
    return new PipelinePlan(
        plan.id(), plan.signal(), List.of(), plan.batch(), plan.memoryLimitBytes(), null, exits);
  }

  private static ExitPlan replaying(ExitPlan exit, boolean withResult) {
    ExporterFactory.Plan plan = exit.plan();
    SenderSettings sender = plan.sender();
    QueueSettings queue = sender.queue();
    QueueSettings patient =
        new QueueSettings(
            queue.consumers(),
            queue.capacity(),
            queue.sizer(),
            withResult,
            new Retention(Retention.Overflow.REFUSE, Duration.ZERO),
            StorageSettings.NONE);
    return new ExitPlan(
        exit.id(),
        new ExporterFactory.Plan(
            sender.withQueue(patient), plan.ordered(), plan.signals(), plan.make()));
  }
}
