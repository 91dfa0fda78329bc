package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.security.Security;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver gets from the distribution.
 *
 * @param id the component id, as {@code otlp/internal}
 * @param intakes the way in by signal; a signal that no pipeline takes from this receiver is absent
 * @param memory where bytes of requests that are being read are reserved
 * @param security the authenticators, and who reads certificates again
 */
public record ReceiverContext(
    String id,
    Map<Signal, Intake> intakes,
    MemoryBudget memory,
    Meters meters,
    Clock clock,
    Threads threads,
    Security security) {

  /** Without authenticators. */
  public ReceiverContext(
      String id,
      Map<Signal, Intake> intakes,
      MemoryBudget memory,
      Meters meters,
      Clock clock,
      Threads threads) {
    this(id, intakes, memory, meters, clock, threads, Security.NONE);
  }

  /** The way in for {@code signal}, or null when no pipeline takes it. */
  public @Nullable Intake intake(Signal signal) {
    return intakes.get(signal);
  }
}
