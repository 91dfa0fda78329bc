package dev.sluice.meters;

import dev.sluice.otlp.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Objects;

/** What happened to the items offered over one transport of a receiver. Thread-safe. */
public final class ReceiverMeters {
  static final String ACCEPTED = "otelcol_receiver_accepted_";
  static final String REFUSED = "otelcol_receiver_refused_";
  static final String FAILED = "otelcol_receiver_failed_";

  private final Map<Signal, Counter> accepted;
  private final Map<Signal, Counter> refused;
  private final Map<Signal, Counter> failed;
  private final Counter requestsAccepted;
  private final Counter requestsRefused;
  private final Counter requestsFailed;

  ReceiverMeters(Meters meters, Tags tags) {
    accepted = meters.counters(ACCEPTED, tags);
    refused = meters.counters(REFUSED, tags);
    failed = meters.counters(FAILED, tags);
    requestsAccepted = requests(meters, tags, "success");
    requestsRefused = requests(meters, tags, "refused");
    requestsFailed = requests(meters, tags, "failure");
  }

  private static Counter requests(Meters meters, Tags tags, String outcome) {
    return meters.counter("otelcol_receiver_requests", tags.and("outcome", outcome));
  }

  /** A request whose items are ours now, except {@code rejected} that failed for good. */
  public void accepted(Signal signal, int items, int rejected) {
    count(accepted, signal, items - rejected);
    count(failed, signal, rejected);
    requestsAccepted.increment();
  }

  /**
   * A request that was refused because of us: full, or stopping. The sender was told to come again.
   */
  public void refused(Signal signal, int items) {
    count(refused, signal, items);
    requestsRefused.increment();
  }

  /** A request that failed for good inside: the sender was told not to come again. */
  public void failed(Signal signal, int items) {
    count(failed, signal, items);
    requestsFailed.increment();
  }

  private static void count(Map<Signal, Counter> counters, Signal signal, int items) {
    Objects.requireNonNull(counters.get(signal)).increment(items);
  }
}
