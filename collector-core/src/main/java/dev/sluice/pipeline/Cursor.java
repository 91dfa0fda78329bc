package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
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
  private static final String FELL_BEHIND_REASON =
      "the exporter fell behind and its share of the ring is full";

  static final String EXPIRED = "max_age";
  private static final String EXPIRED_REASON = "older than max_age and not delivered";

  private final Ring ring;
  private final boolean waitsForResult;
  private final Retention retention;
  private final BatchSettings batch;
  private final Clock clock;
  private final Accounts accounts;
  private final Lag lag;
  private final Backlog backlog;
  private final List<Claim> claims = new ArrayList<>();

  /** For senders without a claim: one is woken for each batch that is due. */
  private final Condition idle;

  /** For senders between two attempts, and for the drain: all are woken, rarely. */
  private final Condition busy;

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
    this.batch = batch;
    this.lag = lag;
    this.clock = clock;
    this.accounts = accounts;
    waitsForResult = queue.waitForResult();
    retention = queue.retention();
    backlog = new Backlog(ring, batch, waitsForResult, clock);
    idle = ring.lock.newCondition();
    busy = ring.lock.newCondition();
    ring.add(this);
  }

  boolean waitsForResult() {
    return waitsForResult;
  }

  /** Whether a request is refused when this exporter has no room, also for the others. */
  boolean refusesWhenFull() {
    return retention.overflow() == Retention.Overflow.REFUSE;
  }

  /** Whether the exporter has delivered and has not failed since. Under the lock. */
  boolean isDelivering() {
    return accounts.isDelivering();
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
  void offer(Slot slot) {
    Telemetry telemetry = slot.telemetry;
    while (!hasRoom(telemetry)) {
      if (!tryGiveUpOldest()) {
        skip(slot);
        return;
      }
    }
    boolean wasEmpty = backlog.items() == 0;
    count(telemetry);
    if (wasEmpty || backlog.isFull()) {
      wakeOne();
    }
  }

  private void count(Telemetry telemetry) {
    accounts.accepted(telemetry.items());
    lag.add(telemetry);
    backlog.add(telemetry);
  }

  /** The newest is the oldest that can be given up: all before it is being sent right now. */
  private void skip(Slot slot) {
    count(slot.telemetry);
    giveUpNext(Accounts.FELL_BEHIND, FELL_BEHIND_REASON);
  }

  private boolean tryGiveUpOldest() {
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      if (claim.state == Claim.State.WAITING) {
        abandon(claim);
        return true;
      }
    }
    if (backlog.items() == 0) {
      return false;
    }
    giveUpNext(Accounts.FELL_BEHIND, FELL_BEHIND_REASON);
    return true;
  }

  private void abandon(Claim claim) {
    claim.state = Claim.State.ABANDONED;
    loseAll(claim, Accounts.FELL_BEHIND, FELL_BEHIND_REASON);
    claims.remove(claim);
    accounts.finished(claim);
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
    long sequence = backlog.removeOldest();
    Slot slot = ring.slot(sequence);
    accounts.lost(slot.telemetry, rule, reason);
    if (slot.pendingReply != null && waitsForResult) {
      slot.pendingReply.done(slot.telemetry.items(), reason);
    }
    free(sequence, sequence + 1);
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
      giveUpExpired();
      if (backlog.isEmpty() || dueInNanos() > 0) {
        return null;
      }
      Claim claim = backlog.take();
      claims.add(claim);
      accounts.taken(claim);
      if (!backlog.isEmpty()) {
        wakeOne();
      }
      return claim;
    } finally {
      ring.lock.unlock();
    }
  }

  private void giveUpExpired() {
    while (!backlog.isEmpty() && isExpired(backlog.oldestNanos())) {
      giveUpNext(EXPIRED, EXPIRED_REASON);
    }
  }

  private boolean isExpired(long acceptedNanos) {
    long limit = retention.maxAge().toNanos();
    return limit > 0 && clock.nanoTime() - acceptedNanos > limit;
  }

  /** Whether the claim is older than its exporter keeps anything. */
  boolean isExpired(Claim claim) {
    return isExpired(claim.acceptedNanos);
  }

  /**
   * When the next claim is due, in nanoseconds; 0 is now, {@link Long#MAX_VALUE} nothing queued.
   */
  long dueNanos() {
    ring.lock.lock();
    try {
      return backlog.isEmpty() ? Long.MAX_VALUE : dueInNanos();
    } finally {
      ring.lock.unlock();
    }
  }

  private long dueInNanos() {
    return draining ? 0 : backlog.dueInNanos();
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

  private static void finishBatch(Claim claim, int lost) {
    claim.heldItems -= claim.batches.remove().items();
    claim.lost += lost;
  }

  /** All batches of the claim are done: its slots are free and its request is answered. */
  void finish(Claim claim) {
    ring.lock.lock();
    try {
      claims.remove(claim);
      accounts.finished(claim);
      free(claim.from, claim.to);
      if (draining && claims.isEmpty()) {
        wakeAll();
      }
    } finally {
      ring.lock.unlock();
    }
    ring.admitWaiting();
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
      while (!backlog.isEmpty()) {
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
        left = busy.awaitNanos(left);
      }
      return left;
    } finally {
      ring.lock.unlock();
    }
  }

  /** Whether nothing is left to deliver. Under the lock. */
  boolean isEmpty() {
    return backlog.isEmpty() && claims.isEmpty();
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

  /**
   * Blocks for {@code nanos}, or until the version is no longer {@code seen}.
   *
   * @param hasClaim whether the sender waits for its next attempt, and not for a batch
   */
  void await(long seen, long nanos, boolean hasClaim) throws InterruptedException {
    ring.lock.lockInterruptibly();
    try {
      Condition condition = hasClaim ? busy : idle;
      long left = nanos;
      while (version == seen && left > 0) {
        left = condition.awaitNanos(left);
      }
    } finally {
      ring.lock.unlock();
    }
  }

  private void wakeOne() {
    version++;
    idle.signal();
  }

  /** Wakes every sender. Under the lock. */
  void wakeAll() {
    version++;
    idle.signalAll();
    busy.signalAll();
  }

  /** How many claims senders have at this moment. */
  int inFlight() {
    ring.lock.lock();
    try {
      return claims.size();
    } finally {
      ring.lock.unlock();
    }
  }

  /** What this exporter has done and what it holds. */
  PipelineStatus.Exporter status(String exporterId) {
    ring.lock.lock();
    try {
      long held = backlog.items();
      long oldest = backlog.oldestNanos();
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
