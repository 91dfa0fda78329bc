package dev.sluice.ledger;

import dev.sluice.ledger.LossRecord.Kind;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Ledger;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One receiver's way in, for one signal: counts what came, and picks the requests that are
 * followed. Told under the rings' locks, which guard its fields. Hot path; {@code LedgerBenchmark}
 * measures it.
 *
 * <p>A request is followed when it is the n-th since the last one, or when this turn of the ledger
 * has a few left to give: so nearly all are in a quiet time, and never more than cost little.
 */
final class ReceiverEntrance implements Ledger.Entrance {
  /** Requests beside each n-th that are followed in a turn of the ledger. */
  private static final int TOKENS = 8;

  private final TelemetryLedger ledger;
  private final String receiver;
  private final Signal signal;
  private final SampleShelf[] shelves;
  private final int every;
  private final Clock clock;

  /** By the number of the pipeline. Written under its ring's lock, read by anyone. */
  private final AtomicLongArray accepted;

  private final AtomicLong refused = new AtomicLong();

  /** Filled by the ledger's thread; losing one of its writes does no harm. */
  private volatile int tokens = TOKENS;

  private int sinceSample;
  private boolean sampled;

  ReceiverEntrance(
      TelemetryLedger ledger,
      String receiver,
      Signal signal,
      List<SampleShelf> shelves,
      int every,
      Clock clock) {
    this.ledger = ledger;
    this.receiver = receiver;
    this.signal = signal;
    this.shelves = shelves.toArray(SampleShelf[]::new);
    accepted = new AtomicLongArray(shelves.size());
    this.every = every;
    this.clock = clock;
  }

  String receiver() {
    return receiver;
  }

  Signal signal() {
    return signal;
  }

  /** Items that the first pipeline was given. */
  long accepted() {
    return accepted.get(0);
  }

  /** Items that a pipeline was given: none when it is not fed from here. */
  long accepted(String pipeline) {
    for (int i = 0; i < shelves.length; i++) {
      if (shelves[i].pipeline().equals(pipeline)) {
        return accepted.get(i);
      }
    }
    return 0;
  }

  /** Items that were refused. */
  long refused() {
    return refused.get();
  }

  /** A new turn: a few requests more may be followed. */
  void refill() {
    tokens = TOKENS;
  }

  @Override
  public void accepted(int pipeline, long sequence, Telemetry telemetry) {
    accepted.lazySet(pipeline, accepted.getPlain(pipeline) + telemetry.items());
    if (pipeline == 0) {
      sampled = isSampled(); // where pipelines have journals, the others may follow another request
    }
    SampleShelf shelf = shelves[pipeline];
    shelf.passed(sequence);
    if (sampled) {
      Sample sample = new Sample(sequence, receiver, telemetry.items(), clock.epochNanos());
      shelf.add(sample);
      if (!ledger.tryLook(shelf, sample, telemetry)) {
        shelf.remove(sample);
      }
    }
  }

  private boolean isSampled() {
    if (++sinceSample < every) {
      int left = tokens;
      if (left == 0) {
        return false;
      }
      tokens = left - 1;
    }
    sinceSample = 0;
    return ledger.hasRoomForSamples();
  }

  @Override
  public void refused(Telemetry telemetry, String reason) {
    refused.addAndGet(telemetry.items());
    int items = telemetry.items();
    LossRecord refusal =
        new LossRecord(
            clock.epochNanos(),
            Kind.REFUSED,
            signal,
            receiver,
            "",
            "",
            "",
            reason,
            "",
            items,
            items,
            List.of());
    ledger.refused(refusal, telemetry);
  }
}
