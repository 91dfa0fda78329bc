package dev.sluice.pipeline;

import dev.sluice.meters.ExporterMeters;
import dev.sluice.otlp.Telemetry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What became of the items that one cursor was given: each counted once, in the place that decides.
 * Guarded by the ring's lock, which callers hold.
 *
 * <p>At all times accepted = delivered + dropped + dead-lettered + held.
 */
final class Accounts {
  /** The rule of items that an exporter gave up because it fell behind. */
  static final String FELL_BEHIND = "overflow";

  /** The rule of items that were on disk and cannot be read any more. */
  static final String DAMAGED = "journal_damaged";

  private final ReentrantLock lock;
  private final Undertaker undertaker;
  private final ExporterMeters meters;
  private final Ledger.Exit ledger;
  private final Clock clock;

  private final Map<String, Long> dropped = new TreeMap<>();
  private long accepted;
  private long resumed;
  private long delivered;
  private long deadLettered;
  private long dying;
  private long lastSuccessEpochNanos;
  private long lastErrorEpochNanos;
  private String lastError = "";
  private boolean failing;

  Accounts(
      ReentrantLock lock,
      Undertaker undertaker,
      ExporterMeters meters,
      Ledger.Exit ledger,
      Clock clock) {
    this.lock = lock;
    this.undertaker = undertaker;
    this.meters = meters;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A batch is taken to be sent. */
  void taken(Claim claim) {
    Batch batch = claim.batches.element();
    meters.batch(batch.items(), batch.bytes());
    ledger.taken(claim.from(), claim.to(), batch);
  }

  void accepted(int items) {
    accepted += items;
  }

  /** Items come from the disk that the last run of the process, or an attempt, has left there. */
  void resumed(long items) {
    accepted += items;
    resumed += items;
  }

  /** The backend has confirmed items. */
  void delivered(Claim claim, int items) {
    ledger.delivered(claim.from(), claim.to(), items);
    delivered += items;
    meters.sent(items);
    lastSuccessEpochNanos = clock.epochNanos();
    failing = false;
  }

  /** Whether the backend has confirmed items, and has not failed since. */
  boolean isDelivering() {
    return delivered > 0 && !failing;
  }

  /** Whether the latest attempt has failed. */
  boolean isFailing() {
    return failing;
  }

  /** Nothing of the claim is left. */
  void finished(Claim claim) {
    ledger.finished(claim.from(), claim.to());
  }

  /** An attempt has failed; nothing is lost yet. */
  void failed(Claim claim, String reason) {
    ledger.failed(claim.from(), claim.to(), reason);
    lastErrorEpochNanos = clock.epochNanos();
    lastError = reason;
    failing = true;
  }

  /**
   * Items of a batch are lost; {@code telemetry} is what they are, or null when that is not kept.
   */
  void lost(Batch batch, Loss loss, @Nullable Telemetry telemetry) {
    if (telemetry == null) {
      dropped(loss.rule(), loss.items());
      ledger.dropped(batch, loss);
    } else {
      lost(telemetry, loss.rule(), loss.reason());
    }
  }

  /**
   * Items are lost and go to the dead letters; until they are written there, they count as held.
   */
  void lost(Telemetry telemetry, String rule, String reason) {
    dying += telemetry.items();
    if (!undertaker.bury(telemetry, rule, reason, file -> buried(telemetry, rule, reason, file))) {
      buried(telemetry, rule, reason, DeadLetters.NOT_KEPT);
    }
  }

  /** Items are lost that only the disk had, so that there is nothing to keep. */
  void lostOnDisk(String rule, long items, String reason) {
    lastErrorEpochNanos = clock.epochNanos();
    lastError = reason;
    dropped(rule, items);
  }

  private void buried(Telemetry telemetry, String rule, String reason, String file) {
    int items = telemetry.items();
    lock.lock();
    try {
      dying -= items;
      ledger.lost(telemetry, rule, reason, file);
      if (!file.equals(DeadLetters.NOT_KEPT)) {
        deadLettered += items;
        meters.deadLettered(items);
        countLost(rule, items);
      } else {
        dropped(rule, items);
      }
    } finally {
      lock.unlock();
    }
  }

  private void dropped(String rule, long items) {
    dropped.merge(rule, items, Long::sum);
    meters.dropped(rule, items);
    countLost(rule, items);
  }

  private void countLost(String rule, long items) {
    if (rule.equals(FELL_BEHIND)) {
      meters.enqueueFailed(items);
    } else {
      meters.sendFailed(items);
    }
  }

  /**
   * The accounts as a status.
   *
   * @param heldItems items that are in the ring, on disk or under way
   * @param diskItems those of them that are on disk only
   */
  PipelineStatus.Exporter status(
      String exporterId,
      long heldItems,
      long diskItems,
      long heldRequests,
      long heldBytes,
      long capacityBytes,
      long oldestAgeNanos) {
    return new PipelineStatus.Exporter(
        exporterId,
        accepted,
        resumed,
        delivered,
        new TreeMap<>(dropped),
        deadLettered,
        heldItems + dying,
        diskItems,
        heldRequests,
        heldBytes,
        capacityBytes,
        oldestAgeNanos,
        lastSuccessEpochNanos,
        lastErrorEpochNanos,
        lastError,
        failing);
  }
}
