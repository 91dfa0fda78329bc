package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One exporter's place in a {@link Ring}: what it has still to take, what its {@link Sender}s have
 * claimed, and how far it may lag. Everything is guarded by the ring's lock; methods that say so
 * expect it held, the others take it.
 */
final class Cursor {
  private static final String FELL_BEHIND = "overflow";
  private static final String FELL_BEHIND_REASON =
      "the exporter fell behind and its share of the ring is full";

  private final Ring ring;
  private final QueueSettings queue;
  private final BatchSettings batch;
  private final Clock clock;
  private final Accounts accounts;
  private final Lag lag;
  private final Condition changed;

  private final List<Claim> claims = new ArrayList<>();
  private long next;
  private long queuedItems;
  private long queuedBytes;
  private long version;
  private boolean draining;

  Cursor(
      Ring ring,
      QueueSettings queue,
      BatchSettings batch,
      Lag lag,
      Clock clock,
      Accounts accounts) {
    this.ring = ring;
    this.queue = queue;
    this.batch = batch;
    this.lag = lag;
    this.clock = clock;
    this.accounts = accounts;
    changed = ring.lock.newCondition();
    ring.add(this);
  }

  boolean waitsForResult() {
    return queue.waitForResult();
  }

  BatchSettings batch() {
    return batch;
  }

  /** Whether the request fits into this exporter's budget. Under the lock. */
  boolean hasRoom(Telemetry telemetry) {
    return lag.hasRoom(telemetry);
  }

  /**
   * Takes the request at the ring's head, giving up the oldest while there is no room. Under the
   * lock.
   */
  void offer(long sequence, Slot slot) {
    Telemetry telemetry = slot.telemetry;
    while (!hasRoom(telemetry)) {
      if (!giveUpOldest(sequence)) {
        skip(sequence, slot);
        return;
      }
    }
    boolean wasEmpty = queuedItems == 0;
    count(telemetry);
    queuedItems += telemetry.items();
    queuedBytes += telemetry.size();
    if (wasEmpty || isFull()) {
      wakeOne();
    }
  }

  private void count(Telemetry telemetry) {
    accounts.accepted(telemetry.items());
    lag.add(telemetry);
  }

  /** The newest is the oldest that can be given up: all before it is being sent right now. */
  private void skip(long sequence, Slot slot) {
    count(slot.telemetry);
    next = sequence + 1;
    giveUp(slot, FELL_BEHIND, FELL_BEHIND_REASON);
    free(sequence, next);
  }

  private boolean giveUpOldest(long head) {
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      if (claim.state == Claim.State.WAITING) {
        abandon(claim);
        return true;
      }
    }
    if (next == head) {
      return false;
    }
    giveUpNext(FELL_BEHIND, FELL_BEHIND_REASON);
    return true;
  }

  private void abandon(Claim claim) {
    claim.state = Claim.State.ABANDONED;
    loseAll(claim, FELL_BEHIND, FELL_BEHIND_REASON);
    claims.remove(claim);
    free(claim.from, claim.to);
    wakeAll();
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

  private void giveUpNext(String rule, String reason) {
    Slot slot = ring.slot(next);
    queuedItems -= slot.telemetry.items();
    queuedBytes -= slot.telemetry.size();
    giveUp(slot, rule, reason);
    free(next, ++next);
  }

  private void giveUp(Slot slot, String rule, String reason) {
    accounts.lost(slot.telemetry, rule, reason);
    if (slot.pendingReply != null && waitsForResult()) {
      slot.pendingReply.done(slot.telemetry.items(), reason);
    }
  }

  private void free(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      lag.remove(ring.slot(sequence).telemetry);
    }
    ring.release(from, to);
  }

  /** The next claim when one is due, else null; it belongs to the calling sender. */
  @Nullable Claim take() {
    ring.lock.lock();
    try {
      if (next == ring.head() || dueInNanos() > 0) {
        return null;
      }
      Claim claim = claimNext();
      claims.add(claim);
      if (next < ring.head()) {
        wakeOne();
      }
      return claim;
    } finally {
      ring.lock.unlock();
    }
  }

  private Claim claimNext() {
    Slot first = ring.slot(next);
    long from = next;
    long items = 0;
    long bytes = 0;
    List<Telemetry> parts = new ArrayList<>();
    do {
      Telemetry part = ring.slot(next).telemetry;
      boolean exceeds =
          items + part.items() > batch.itemsMax() || bytes + part.size() > batch.bytesMax();
      if (exceeds && next > from) {
        break;
      }
      items += part.items();
      bytes += part.size();
      parts.add(part);
      next++;
    } while (next < ring.head()
        && items < batch.itemsTarget()
        && bytes < batch.bytesTarget()
        && !waitsForResult());
    queuedItems -= items;
    queuedBytes -= bytes;
    PendingReply pendingReply = waitsForResult() ? first.pendingReply : null;
    Claim claim = new Claim(from, next, first.acceptedNanos, pendingReply);
    claim.batches.add(Batch.of(first.telemetry.signal(), parts));
    claim.heldItems = (int) items;
    return claim;
  }

  /**
   * When the next claim is due, in nanoseconds; 0 is now, {@link Long#MAX_VALUE} nothing queued.
   */
  long dueNanos() {
    ring.lock.lock();
    try {
      return next == ring.head() ? Long.MAX_VALUE : dueInNanos();
    } finally {
      ring.lock.unlock();
    }
  }

  private long dueInNanos() {
    if (draining || batch.minSize() == 0 || waitsForResult() || isFull()) {
      return 0;
    }
    long waited = clock.nanoTime() - ring.slot(next).acceptedNanos;
    return Math.max(0, batch.flushTimeout().toNanos() - waited);
  }

  private boolean isFull() {
    long queued = batch.sizer() == Sizer.BYTES ? queuedBytes : queuedItems;
    return queued >= batch.minSize() || queuedBytes >= batch.bytesTarget();
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
      accounts.failed(reason);
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
        accounts.lost(loss, extracted.get(i));
        claim.lostReason = loss.reason();
        lost += loss.items();
      }
      accounts.delivered(sent.items() - lost);
      finishBatch(claim, lost);
    } finally {
      ring.lock.unlock();
    }
  }

  /** The first batch of the claim is given up, for the reason given. */
  void lost(Claim claim, String rule, String reason) {
    ring.lock.lock();
    try {
      accounts.failed(reason);
      loseFirst(claim, rule, reason);
    } finally {
      ring.lock.unlock();
    }
  }

  private static void finishBatch(Claim claim, int lost) {
    claim.heldItems -= claim.batches.remove().items();
    claim.lost += lost;
  }

  /** All batches of the claim are done: its slots are free and its request is answered. */
  void finish(Claim claim) {
    ring.lock.lock();
    try {
      claims.remove(claim);
      free(claim.from, claim.to);
      if (draining && claims.isEmpty()) {
        wakeAll();
      }
    } finally {
      ring.lock.unlock();
    }
    answer(claim);
  }

  /** Answers the request of a claim that is done or abandoned. */
  void answer(Claim claim) {
    if (claim.pendingReply != null) {
      claim.pendingReply.done(claim.lost, claim.lostReason);
    }
  }

  /**
   * Everything left is given up because the process ends. Called when no sender is at work any
   * more.
   */
  void abandonAll(String rule, String reason) {
    ring.lock.lock();
    try {
      for (Claim claim : List.copyOf(claims)) {
        loseAll(claim, rule, reason);
        finish(claim);
      }
      while (next < ring.head()) {
        giveUpNext(rule, reason);
      }
    } finally {
      ring.lock.unlock();
    }
  }

  /** From now on batches do not wait to fill. Under the lock. */
  void drain() {
    draining = true;
    wakeAll();
  }

  /**
   * Blocks until nothing is left to deliver, or for {@code nanos}; returns what is left of them.
   */
  long awaitEmpty(long nanos) throws InterruptedException {
    ring.lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return left;
    } finally {
      ring.lock.unlock();
    }
  }

  /** Whether nothing is left to deliver. Under the lock. */
  boolean isEmpty() {
    return next == ring.head() && claims.isEmpty();
  }

  /** A number that changes whenever there may be something to do; for {@link #await}. */
  long version() {
    ring.lock.lock();
    try {
      return version;
    } finally {
      ring.lock.unlock();
    }
  }

  /** Blocks for {@code nanos}, or until the version is no longer {@code seen}. */
  void await(long seen, long nanos) throws InterruptedException {
    ring.lock.lockInterruptibly();
    try {
      long left = nanos;
      while (version == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      ring.lock.unlock();
    }
  }

  private void wakeOne() {
    version++;
    changed.signal();
  }

  /** Wakes every sender. Under the lock. */
  void wakeAll() {
    version++;
    changed.signalAll();
  }

  /** What this exporter has done and what it holds. */
  PipelineStatus.Exporter status(String exporterId) {
    ring.lock.lock();
    try {
      long held = queuedItems;
      long oldest = next < ring.head() ? ring.slot(next).acceptedNanos : Long.MAX_VALUE;
      for (Claim claim : claims) {
        held += claim.heldItems;
        oldest = Math.min(oldest, claim.acceptedNanos);
      }
      long age = oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanoTime() - oldest);
      return accounts.status(exporterId, held, lag.requests(), lag.bytes(), lag.budgetBytes(), age);
    } finally {
      ring.lock.unlock();
    }
  }
}
