package dev.sluice.ledger;

import dev.sluice.meters.Meters;
import dev.sluice.pipeline.PipelineStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks the conservation law while everything runs, with tolerance 0. Thread-safe.
 *
 * <p>What came in is counted under the lock under which it is given to the exporters. So of a count
 * read before the exporters' accounts and one read after, the first is not above what they were
 * given, and the second not below: anything else is an imbalance, however busy it is.
 */
public final class ConservationCheck {
  private final TelemetryLedger ledger;
  private final Supplier<List<PipelineStatus>> pipelines;
  private final Meters meters;

  /**
   * A check that does nothing until it is asked.
   *
   * @param pipelines the status of all pipelines at the moment of the call
   */
  public ConservationCheck(
      TelemetryLedger ledger, Supplier<List<PipelineStatus>> pipelines, Meters meters) {
    this.ledger = ledger;
    this.pipelines = pipelines;
    this.meters = meters;
  }

  /** The law now. */
  public Conservation check() {
    return new Conservation(ledger.entrances().stream().map(this::in).toList(), exporters());
  }

  private List<Conservation.Out> exporters() {
    List<Conservation.Out> exporters = new ArrayList<>();
    List<Long> before = pipelines.get().stream().map(it -> received(it.id())).toList();
    List<PipelineStatus> statuses = pipelines.get();
    for (int i = 0; i < statuses.size(); i++) {
      PipelineStatus pipeline = statuses.get(i);
      long least = before.get(i);
      long most = received(pipeline.id());
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        exporters.add(out(pipeline, exporter, least, most));
      }
    }
    return exporters;
  }

  /** What a receiver has told its senders of can only be less than what came. */
  private Conservation.In in(ReceiverEntrance entrance) {
    Meters.Received told = meters.received(entrance.receiver(), entrance.signal());
    long accepted = entrance.accepted();
    long refused = entrance.refused();
    long tooMuchAccepted = Math.max(0, told.accepted() + told.failed() - accepted);
    long tooMuchRefused = Math.max(0, told.refused() - refused);
    return new Conservation.In(
        entrance.receiver(),
        entrance.signal(),
        accepted,
        refused,
        told.accepted() + told.failed() + told.refused(),
        tooMuchAccepted + tooMuchRefused);
  }

  private long received(String pipeline) {
    return ledger.entrances().stream().mapToLong(entrance -> entrance.accepted(pipeline)).sum();
  }

  private Conservation.Out out(
      PipelineStatus pipeline, PipelineStatus.Exporter exporter, long least, long most) {
    long given = exporter.accepted() - exporter.resumed();
    long received = Math.clamp(given, least, most);
    long imbalance = Math.abs(exporter.unaccounted()) + Math.abs(received - given);
    return new Conservation.Out(
        pipeline.id(),
        pipeline.signal(),
        exporter.id(),
        received,
        exporter.accepted(),
        exporter.resumed(),
        exporter.delivered(),
        exporter.dropped(),
        exporter.deadLettered(),
        exporter.held(),
        imbalance);
  }

  /** Registers the imbalance of each exporter and receiver as a gauge. */
  public void registerGauges() {
    for (PipelineStatus pipeline : pipelines.get()) {
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        meters.gauge(
            "sluice_conservation_imbalance_items",
            Map.of(
                "pipeline", pipeline.id(),
                "exporter", exporter.id(),
                "receiver", "",
                "data_type", pipeline.signal().label()),
            () -> imbalance(pipeline.id(), exporter.id()));
      }
    }
    for (ReceiverEntrance entrance : ledger.entrances()) {
      meters.gauge(
          "sluice_conservation_imbalance_items",
          Map.of(
              "pipeline",
              "",
              "exporter",
              "",
              "receiver",
              entrance.receiver(),
              "data_type",
              entrance.signal().label()),
          () -> in(entrance).imbalance());
    }
  }

  private long imbalance(String pipeline, String exporter) {
    long sum = 0;
    for (Conservation.Out out : exporters()) {
      sum +=
          out.pipeline().equals(pipeline) && out.exporter().equals(exporter) ? out.imbalance() : 0;
    }
    return sum;
  }
}
