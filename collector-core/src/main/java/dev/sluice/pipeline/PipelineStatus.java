package dev.sluice.pipeline;

import dev.sluice.otlp.Signal;
import java.util.List;
import java.util.Map;

/**
 * The truth about one pipeline at one moment.
 *
 * @param id the pipeline's id, as {@code traces/internal}
 */
public record PipelineStatus(String id, Signal signal, List<Exporter> exporters) {
  /**
   * The truth about one exporter of a pipeline. Numbers count items unless their name says
   * otherwise, and {@code accepted = delivered + dropped + deadLettered + held} holds at every
   * moment.
   *
   * @param resumed those of {@code accepted} that no receiver has taken since the start: they were
   *     on disk
   * @param dropped by the name of the rule that dropped them
   * @param onDisk those of {@code held} that are on disk only
   * @param heldRequests requests in memory of which something is not done yet
   * @param heldBytes their size
   * @param capacityBytes what {@code heldBytes} may be at most
   * @param oldestAgeNanos the age of the oldest item that is not done; 0 when nothing is held
   * @param lastSuccessEpochNanos 0 when nothing was delivered yet
   * @param lastErrorEpochNanos 0 when nothing has failed yet
   * @param failing whether the latest attempt failed
   */
  public record Exporter(
      String id,
      long accepted,
      long resumed,
      long delivered,
      Map<String, Long> dropped,
      long deadLettered,
      long held,
      long onDisk,
      long heldRequests,
      long heldBytes,
      long capacityBytes,
      long oldestAgeNanos,
      long lastSuccessEpochNanos,
      long lastErrorEpochNanos,
      String lastError,
      boolean failing) {
    /** Items that are unaccounted for: 0, or there is a bug. */
    public long unaccounted() {
      long droppedItems = dropped.values().stream().mapToLong(Long::longValue).sum();
      return accepted - delivered - droppedItems - deadLettered - held;
    }
  }
}
