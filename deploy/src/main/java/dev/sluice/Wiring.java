package dev.sluice;

import dev.sluice.Blueprint.ExitPlan;
import dev.sluice.Blueprint.PipelinePlan;
import dev.sluice.Collector.Served;
import dev.sluice.auth.Authenticators;
import dev.sluice.ledger.ConservationCheck;
import dev.sluice.ledger.TelemetryLedger;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.pages.ApiSettings;
import dev.sluice.pages.HealthPage;
import dev.sluice.pages.HealthSettings;
import dev.sluice.pages.LedgerPage;
import dev.sluice.pages.MetricsPage;
import dev.sluice.pages.Page;
import dev.sluice.pages.PageAccess;
import dev.sluice.pages.PageServer;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Receiver;
import dev.sluice.pipeline.ReceiverContext;
import dev.sluice.telemetry.MetricsSettings;
import dev.sluice.telemetry.ProcessMeters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds everything that runs from a blueprint, by hand, in the order in which data flows
 * backwards: exporters, pipelines, receivers, pages. Opens no port. One use, one thread.
 */
final class Wiring {
  private static final Logger LOGGER = LoggerFactory.getLogger(Wiring.class);

  private final Host host;
  private final Components components;
  private final Blueprint blueprint;
  private final Memory available;
  private final Journals journals;
  private final String version;
  private final MemoryBudget memory;
  private final Meters meters;
  private final TelemetryLedger ledger;
  private final Reloader reloader;
  private final Authenticators security;

  /**
   * A wiring that has built nothing yet.
   *
   * @param ledgerFolder where it is written down what was lost, or null for nowhere
   */
  Wiring(
      Host host,
      Components components,
      Blueprint blueprint,
      Memory available,
      Journals journals,
      String version,
      @Nullable Path ledgerFolder) {
    this.host = host;
    this.components = components;
    this.blueprint = blueprint;
    this.available = available;
    this.journals = journals;
    this.version = version;
    memory = new MemoryBudget(available.telemetryBytes());
    meters = new Meters(processLabels());
    ledger =
        TelemetryLedger.open(
            blueprint.telemetry().ledger(),
            blueprint.pipelines().size(),
            ledgerFolder,
            host.clock());
    reloader = new Reloader(host.clock(), host.threads());
    security =
        new Authenticators(
            blueprint.authenticators(), reloader::add, meters, host.clock(), host.threads());
  }

  /**
   * Builds it.
   *
   * @param deadLetterFolder where lost telemetry is kept, or null for nowhere
   */
  Collector build(@Nullable DeadLetterFolder deadLetterFolder) {
    List<Pipeline> pipelines = pipelines(deadLetterFolder);
    Map<String, Receiver> receivers = receivers(pipelines);
    ConservationCheck law =
        new ConservationCheck(
            ledger, () -> pipelines.stream().map(Pipeline::status).toList(), meters);
    law.registerGauges();
    List<Served> pages = new ArrayList<>();
    Collector collector =
        new Collector(
            new Collector.Parts(
                receivers,
                pipelines,
                pages,
                memory,
                journals,
                deadLetterFolder,
                ledger,
                law,
                new Collector.Guards(reloader, security),
                host.clock(),
                host.threads()));
    pages.addAll(pages(collector));
    pages.addAll(apiPages(new LedgerPage(ledger::explain, law::check, collector::pipelines)));
    return collector;
  }

  /** Builds the pipelines alone. */
  List<Pipeline> pipelines(@Nullable DeadLetterFolder deadLetterFolder) {
    DeadLetters deadLetters = deadLetterFolder == null ? DeadLetters.NONE : deadLetterFolder;
    Pipeline.Surroundings surroundings =
        new Pipeline.Surroundings(
            memory,
            meters,
            host.clock(),
            host.threads(),
            () -> ThreadLocalRandom.current().nextDouble(),
            deadLetters,
            ledger);
    List<Pipeline> pipelines = new ArrayList<>();
    for (PipelinePlan plan : blueprint.pipelines()) {
      pipelines.add(
          new Pipeline(
              new Pipeline.Plan(
                  plan.id(),
                  plan.signal(),
                  plan.exits().stream().map(exit -> exit(plan, exit)).toList(),
                  plan.batch(),
                  memory.limitBytes()
                      / 4
                      * 3
                      / blueprint.pipelines().size(), // the rest: being read
                  memoryLimitBytes(plan),
                  journals.of(plan.id())),
              surroundings));
    }
    return pipelines;
  }

  /** The pipeline's memory_limiter, cut to what the heap can hold. */
  private long memoryLimitBytes(PipelinePlan plan) {
    long most = memory.limitBytes();
    if (plan.memoryLimitBytes() > most && plan.memoryLimitBytes() != Long.MAX_VALUE) {
      LOGGER.info(
          "pipeline {}: the memory_limiter's {} MiB are cut to the {} MiB of telemetry that a heap"
              + " of {} MiB is for",
          plan.id(),
          plan.memoryLimitBytes() >> 20,
          most >> 20,
          available.heapBytes() >> 20);
    }
    return Math.min(plan.memoryLimitBytes(), most);
  }

  /**
   * Each pipeline has an exporter of its own: an ordered one has one delivery under way at a time.
   */
  private Pipeline.Exit exit(PipelinePlan pipeline, ExitPlan exit) {
    ExporterFactory.Plan plan = exit.plan();
    ExporterContext context =
        new ExporterContext(
            exit.id(), pipeline.signal(), version, meters, host.clock(), host.threads(), security);
    return new Pipeline.Exit(exit.id(), plan.make().make(context), plan.sender(), plan.ordered());
  }

  private Map<String, Receiver> receivers(List<Pipeline> pipelines) {
    Map<String, Receiver> receivers = new LinkedHashMap<>();
    blueprint
        .receivers()
        .forEach((id, plan) ->
            receivers.put(
                id,
                plan.make(
                    new ReceiverContext(
                        id,
                        intakes(id, pipelines),
                        memory,
                        meters,
                        host.clock(),
                        host.threads(),
                        security))));
    return receivers;
  }

  /** The way into the pipelines that one receiver feeds, by signal. */
  private Map<Signal, Intake> intakes(String receiver, List<Pipeline> pipelines) {
    Map<Signal, List<Pipeline>> fed = new EnumMap<>(Signal.class);
    for (int i = 0; i < pipelines.size(); i++) {
      PipelinePlan plan = blueprint.pipelines().get(i);
      if (plan.receivers().contains(receiver)) {
        fed.computeIfAbsent(plan.signal(), signal -> new ArrayList<>()).add(pipelines.get(i));
      }
    }
    Map<Signal, Intake> intakes = new EnumMap<>(Signal.class);
    fed.forEach((signal, all) -> intakes.put(signal, intake(receiver, all)));
    return intakes;
  }

  /** The way into all of these pipelines at once, for a receiver or what stands for one. */
  Intake intake(String receiver, List<Pipeline> pipelines) {
    return Pipeline.intake(receiver, pipelines, memory);
  }

  private List<Served> pages(Collector collector) {
    List<Served> pages = new ArrayList<>();
    MetricsSettings metrics = blueprint.telemetry().metrics();
    if (metrics.enabled()) {
      ProcessMeters.register(meters, host.clock(), metrics.unitSuffix());
      journals.register(meters, blueprint);
      MetricsPage page = new MetricsPage(() -> meters.scrape(metrics.typeSuffix()));
      pages.add(
          new Served(
              "service::telemetry::metrics",
              new PageServer("metrics", metrics.endpoint(), page, granted(metrics.access())),
              !metrics.configured()));
    }
    for (HealthSettings health : blueprint.healthPages()) {
      HealthPage page = new HealthPage(health, collector::ready, collector::status, host.clock());
      pages.add(
          new Served(
              "extensions::health_check",
              new PageServer("health_check", health.endpoint(), page, granted(health.access())),
              false));
    }
    return pages;
  }

  /** The API is where recent telemetry is shown, where it is configured, or at its usual place. */
  private List<Served> apiPages(Page page) {
    List<Served> pages = new ArrayList<>();
    for (PageServer recent : components.recentServers(page)) {
      pages.add(new Served("exporters::" + recent.role(), recent, false));
    }
    for (ApiSettings api : blueprint.apiPages()) {
      pages.add(
          new Served(
              "extensions::api",
              new PageServer("api", api.endpoint(), page, granted(api.access())),
              false));
    }
    if (pages.isEmpty()) {
      PageServer usual = new PageServer("api", ApiSettings.ENDPOINT, page);
      pages.add(new Served("the API for sluice explain", usual, true));
    }
    return pages;
  }

  private PageAccess.Granted granted(PageAccess access) {
    return access.grantedBy(security, meters, host.clock());
  }

  /** Random, but no secret: java.security's random numbers would load all that belongs to it. */
  private static UUID instanceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(version4, variant2);
  }

  /** The resource attributes of the process as labels, with the names that Prometheus allows. */
  private Map<String, String> processLabels() {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("service.name", "sluice");
    attributes.put("service.version", version);
    attributes.put("service.instance.id", instanceId().toString());
    attributes.putAll(blueprint.telemetry().resource());
    Map<String, String> labels = new TreeMap<>();
    attributes.forEach((name, value) -> {
      if (!value.isEmpty()) {
        labels.put(name.replaceAll("[^A-Za-z0-9_]", "_"), value);
      }
    });
    return labels;
  }
}
