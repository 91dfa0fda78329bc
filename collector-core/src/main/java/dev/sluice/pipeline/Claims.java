package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the senders of one cursor have under way, and what becomes of it. Guarded by the ring's
 * lock; methods that say so expect it held, the others take it.
 */
final class Claims {
  private final Ring ring;
  private final Lag lag;
  private final Accounts accounts;
  private final Wakeups wakeups;
  private final List<Claim> claims = new ArrayList<>();

  Claims(Ring ring, Lag lag, Accounts accounts, Wakeups wakeups) {
    this.ring = ring;
    this.lag = lag;
    this.accounts = accounts;
    this.wakeups = wakeups;
  }

  /** A sender has taken it. Under the lock. */
  void add(Claim claim) {
    claims.add(claim);
    accounts.taken(claim);
  }

  /** The sender is about to encode or send; false when the claim was abandoned meanwhile. */
  boolean beginWork(Claim claim) {
    ring.lock.lock();
    try {
      if (claim.state == Claim.State.ABANDONED) {
        return false;
      }
      claim.state = Claim.State.WORKING;
      return true;
    } finally {
      ring.lock.unlock();
    }
  }

  /** The sender waits for its next attempt: until then the claim may be abandoned. */
  void beginWait(Claim claim, String reason) {
    ring.lock.lock();
    try {
      claim.state = Claim.State.WAITING;
      accounts.failed(claim, reason);
      wakeups.wakeDrain();
    } finally {
      ring.lock.unlock();
    }
  }

  /** The first batch of the claim is delivered, except its losses. */
  void delivered(Claim claim, List<Loss> losses) {
    Batch sent = claim.batches.element();
    List<@Nullable Telemetry> extracted = Undertaker.extract(sent, losses);
    ring.lock.lock();
    try {
      int lost = 0;
      for (int i = 0; i < losses.size(); i++) {
        Loss loss = losses.get(i);
        accounts.lost(sent, loss, extracted.get(i));
        claim.lostReason = loss.reason();
        lost += loss.items();
      }
      accounts.delivered(claim, sent.items() - lost);
      finishBatch(claim, lost);
    } finally {
      ring.lock.unlock();
    }
  }

  /** The first batch of the claim is given up, for the reason given. */
  void lost(Claim claim, String rule, String reason) {
    ring.lock.lock();
    try {
      accounts.failed(claim, reason);
      loseFirst(claim, rule, reason);
    } finally {
      ring.lock.unlock();
    }
  }

  /** Gives up the oldest that waits for its next attempt; false when none does. Under the lock. */
  boolean tryAbandonOldest(String rule, String reason) {
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      if (claim.state == Claim.State.WAITING) {
        claim.state = Claim.State.ABANDONED;
        loseAll(claim, rule, reason);
        remove(claim);
        wakeups.wakeAll();
        return true;
      }
    }
    return false;
  }

  private void loseAll(Claim claim, String rule, String reason) {
    while (!claim.batches.isEmpty()) {
      loseFirst(claim, rule, reason);
    }
  }

  private void loseFirst(Claim claim, String rule, String reason) {
    Batch given = claim.batches.element();
    for (Telemetry part : given.parts()) {
      accounts.lost(part, rule, reason);
    }
    claim.lostReason = reason;
    finishBatch(claim, given.items());
  }

  private static void finishBatch(Claim claim, int lost) {
    claim.heldItems -= claim.batches.remove().items();
    claim.lost += lost;
  }

  /** The claim is done, or abandoned: its bytes are free. Under the lock. */
  void remove(Claim claim) {
    claims.remove(claim);
    accounts.finished(claim);
    free(claim.slots);
    if (claims.isEmpty()) {
      wakeups.wakeDrain();
    }
  }

  /** The cursor is done with requests that it has taken. Under the lock. */
  void free(List<Slot> slots) {
    for (int i = 0; i < slots.size(); i++) {
      lag.remove(slots.get(i).telemetry);
    }
    ring.free(slots);
  }

  /**
   * Gives up all, when no sender is at work any more; returns them, to be answered. Under the lock.
   *
   * @param spill where they stay instead, or null
   */
  List<Claim> abandonAll(@Nullable Spill spill, String rule, String reason) {
    List<Claim> abandoned = List.copyOf(claims);
    for (Claim claim : abandoned) {
      if (spill == null) {
        loseAll(claim, rule, reason);
      } else {
        // Whole, so that what it has delivered already comes again.
        accounts.resumed(claim.range.items() - claim.heldItems);
        spill.add(claim.range);
      }
      remove(claim);
    }
    return abandoned;
  }

  boolean isEmpty() {
    return claims.isEmpty();
  }

  /** Items that are neither delivered nor given up. Under the lock. */
  long heldItems() {
    long held = 0;
    for (Claim claim : claims) {
      held += claim.heldItems;
    }
    return held;
  }

  /** When the oldest was accepted; the largest long when there is none. Under the lock. */
  long oldestNanos() {
    long oldest = Long.MAX_VALUE;
    for (Claim claim : claims) {
      oldest = Math.min(oldest, claim.acceptedNanos);
    }
    return oldest;
  }

  /** Where they are in the journal. Under the lock. */
  List<Range> ranges() {
    return claims.stream().map(claim -> claim.range).toList();
  }

  /** How many there are at this moment. */
  int count() {
    ring.lock.lock();
    try {
      return claims.size();
    } finally {
      ring.lock.unlock();
    }
  }
}
