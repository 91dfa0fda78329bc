package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One exporter's place in a {@link Ring}: what it has still to take, what its {@link Sender}s have
 * claimed, and how far it may lag. Everything is guarded by the ring's lock; methods that say so
 * expect it held, the others take it.
 *
 * <p>A cursor with a {@link Spill} is durable: it follows the ring's journal, so that what has no
 * room in memory stays on disk, and nothing is given up.
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
  private final @Nullable Spill spill;
  private final Wakeups wakeups;
  private final Claims claims;
  private boolean draining;

  /**
   * @param spill what it has on disk, or null when it does not follow a journal
   */
  Cursor(
      Ring ring,
      QueueSettings queue,
      BatchSettings batch,
      Lag lag,
      @Nullable Spill spill,
      Clock clock,
      Accounts accounts) {
    this.ring = ring;
    this.batch = batch;
    this.lag = lag;
    this.spill = spill;
    this.clock = clock;
    this.accounts = accounts;
    waitsForResult = queue.waitForResult();
    retention = queue.retention();
    backlog = new Backlog(ring, batch, waitsForResult, clock);
    wakeups = new Wakeups(ring.lock);
    claims = new Claims(ring, lag, accounts, wakeups);
    ring.add(this);
  }

  Wakeups wakeups() {
    return wakeups;
  }

  Claims claims() {
    return claims;
  }

  BatchSettings batch() {
    return batch;
  }

  boolean waitsForResult() {
    return waitsForResult;
  }

  /** Whether a request is refused when this exporter has no room, also for the others. */
  boolean refusesWhenFull() {
    return spill == null && retention.overflow() == Retention.Overflow.REFUSE;
  }

  /** Whether the exporter, or its disk, takes what comes, as far as is known. Under the lock. */
  boolean isDelivering() {
    return spill != null || accounts.isDelivering();
  }

  /** Whether the request can be taken without giving up anything. Under the lock. */
  boolean hasRoom(Telemetry telemetry) {
    return spill != null || lag.hasRoom(telemetry);
  }

  /**
   * Takes the request at the ring's head. While there is no room in memory its oldest is left to
   * the disk, or given up. Under the lock.
   */
  void offer(Slot slot) {
    boolean wasEmpty = backlog.items() == 0;
    accounts.accepted(slot.telemetry.items());
    while (!fits(slot.telemetry)) {
      if (!tryMakeRoom()) {
        // The newest is the oldest that can make room: all before it is being sent right now.
        count(slot.telemetry);
        removeOldest();
        return;
      }
    }
    count(slot.telemetry);
    if (wasEmpty || backlog.isFull()) {
      wakeups.wakeOne();
    }
  }

  private boolean fits(Telemetry telemetry) {
    boolean readsBack = spill != null && !spill.isEmpty();
    return readsBack ? lag.hasRoomInHalf(telemetry) : lag.hasRoom(telemetry);
  }

  private void count(Telemetry telemetry) {
    lag.add(telemetry);
    backlog.add(telemetry);
  }

  private boolean tryMakeRoom() {
    if (spill == null && claims.tryAbandonOldest(Accounts.FELL_BEHIND, FELL_BEHIND_REASON)) {
      return true;
    }
    if (backlog.items() == 0) {
      return false;
    }
    removeOldest();
    return true;
  }

  /** The oldest leaves the memory: to the disk, or for good. */
  private void removeOldest() {
    if (spill == null) {
      giveUpOldest(Accounts.FELL_BEHIND, FELL_BEHIND_REASON);
    } else {
      spillOldest(spill);
    }
  }

  private void spillOldest(Spill disk) {
    Slot slot = backlog.removeOldest();
    boolean wasEmpty = disk.isEmpty();
    disk.add(slot, clock.epochNanos() - (clock.nanoTime() - slot.acceptedNanos));
    claims.free(List.of(slot));
    if (wasEmpty) {
      wakeups.wakeOne();
    }
  }

  private void giveUpOldest(String rule, String reason) {
    Slot slot = backlog.removeOldest();
    accounts.lost(slot.telemetry, rule, reason);
    if (slot.pendingReply != null && waitsForResult) {
      slot.pendingReply.done(slot.telemetry.items(), reason);
    }
    claims.free(List.of(slot));
  }

  /** The next claim when one is due, else null; it belongs to the calling sender. */
  @Nullable Claim take() {
    boolean gaveUp;
    Claim claim = null;
    Range onDisk = null;
    ring.lock.lock();
    try {
      gaveUp = giveUpExpired();
      if (spill != null && !draining && lag.hasRoomToRead() && spill.takesTurn(isDue())) {
        onDisk = spill.begin();
      } else if (isDue()) {
        claim = took(backlog.take());
      }
    } finally {
      ring.lock.unlock();
    }
    if (gaveUp) {
      ring.admitWaiting();
    }
    return onDisk == null ? claim : readBack(Objects.requireNonNull(spill), onDisk);
  }

  /** Whether a batch from memory is to be taken now. */
  private boolean isDue() {
    boolean waitsForDisk = spill != null && spill.comesFirst();
    return !backlog.isEmpty() && !waitsForDisk && dueInNanos() <= 0;
  }

  private Claim took(Claim claim) {
    claims.add(claim);
    if (hasMore()) {
      wakeups.wakeOne();
    }
    return claim;
  }

  private boolean hasMore() {
    return !backlog.isEmpty() || (spill != null && spill.isReadable());
  }

  private @Nullable Claim readBack(Spill disk, Range range) {
    Spill.Read read = disk.read(range, lag.readBytesMax());
    ring.lock.lock();
    try {
      disk.end(range, read);
      if (read.lostItems() > 0) {
        accounts.lostOnDisk(Accounts.DAMAGED, read.lostItems(), "the journal is damaged there");
      }
      List<Slot> slots = slots(read.entries());
      return slots.isEmpty() ? null : took(Claim.of(slots, null));
    } finally {
      ring.lock.unlock();
    }
  }

  /** What was read, back in memory, except what is older than it may be. */
  private List<Slot> slots(List<Journal.Entry> entries) {
    List<Slot> slots = new ArrayList<>(entries.size());
    long now = clock.nanoTime();
    for (Journal.Entry entry : entries) {
      long age = Math.max(0, clock.epochNanos() - entry.acceptedEpochNanos());
      if (isExpired(now - age)) {
        accounts.lost(entry.telemetry(), EXPIRED, EXPIRED_REASON);
      } else {
        slots.add(ring.readBack(entry, now - age));
        lag.add(entry.telemetry());
      }
    }
    return slots;
  }

  private boolean giveUpExpired() {
    boolean gaveUp = false;
    while (!backlog.isEmpty() && isExpired(backlog.oldestNanos())) {
      giveUpOldest(EXPIRED, EXPIRED_REASON);
      gaveUp = true;
    }
    return gaveUp;
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
      if (spill != null && !draining && spill.isReadable() && lag.hasRoomToRead()) {
        return 0;
      }
      if (spill != null && spill.comesFirst()) {
        return Long.MAX_VALUE; // woken when the reading or a claim is done
      }
      return backlog.isEmpty() ? Long.MAX_VALUE : dueInNanos();
    } finally {
      ring.lock.unlock();
    }
  }

  private long dueInNanos() {
    return draining ? 0 : backlog.dueInNanos();
  }

  /** All batches of the claim are done: its bytes are free and its request is answered. */
  void finish(Claim claim) {
    ring.lock.lock();
    try {
      claims.remove(claim);
      if (spill != null && spill.isReadable()) {
        wakeups.wakeOne();
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
   * The process ends: everything left stays on disk, or is given up. Called when no sender is at
   * work any more.
   */
  void abandonAll(String rule, String reason) {
    List<Claim> abandoned;
    ring.lock.lock();
    try {
      abandoned = claims.abandonAll(spill, rule, reason);
      while (!backlog.isEmpty()) {
        if (spill == null) {
          giveUpOldest(rule, reason);
        } else {
          spillOldest(spill);
        }
      }
    } finally {
      ring.lock.unlock();
    }
    abandoned.forEach(this::answer);
  }

  /** From now on batches do not wait to fill. Under the lock. */
  void drain() {
    draining = true;
    wakeups.wakeAll();
  }

  /**
   * Blocks until nothing is left in memory, or for {@code nanos}; returns what is left of them.
   * What is on disk is safe there: while its backend fails, nobody waits for it.
   */
  long awaitEmpty(long nanos) throws InterruptedException {
    return wakeups.awaitDrain(this::isDrained, nanos);
  }

  private boolean isDrained() {
    boolean stays = spill != null && (spill.comesFirst() || accounts.isFailing());
    return !ring.isCommitting() && (stays || isEmpty());
  }

  /** Whether nothing is left in memory to deliver. Under the lock. */
  boolean isEmpty() {
    return backlog.isEmpty() && claims.isEmpty();
  }

  /** What is not done yet, as the journal remembers it. */
  Journal.Pending pending() {
    ring.lock.lock();
    try {
      List<Range> ranges = new ArrayList<>(claims.ranges());
      ranges.addAll(Objects.requireNonNull(spill).ranges());
      return new Journal.Pending(Spill.merged(ranges), backlog.place());
    } finally {
      ring.lock.unlock();
    }
  }

  /** Takes over what was pending when the process ended the last time, up to the ring's head. */
  void resume(Journal.Pending pending) {
    Spill disk = Objects.requireNonNull(spill);
    ring.lock.lock();
    try {
      pending.ranges().forEach(disk::add);
      disk.add(new Range(pending.end(), ring.headPlace()));
      accounts.resumed(disk.items());
    } finally {
      ring.lock.unlock();
    }
  }

  /** Gives up what is only on disk, before a place; false when it is being read. */
  boolean tryGiveUp(Journal.Place before, String rule, String reason) {
    ring.lock.lock();
    try {
      long items = Objects.requireNonNull(spill).tryForget(before);
      if (items > 0) {
        accounts.lostOnDisk(rule, items, reason);
      }
      return items >= 0;
    } finally {
      ring.lock.unlock();
    }
  }

  void close() {
    if (spill != null) {
      spill.close();
    }
  }

  /** What this exporter has done and what it holds. */
  PipelineStatus.Exporter status(String exporterId) {
    ring.lock.lock();
    try {
      long onDisk = spill == null ? 0 : spill.items();
      long held = backlog.items() + onDisk + claims.heldItems();
      long oldest = Math.min(backlog.oldestNanos(), claims.oldestNanos());
      long age = oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanoTime() - oldest);
      if (onDisk > 0) {
        age = Math.max(age, clock.epochNanos() - Objects.requireNonNull(spill).oldestEpochNanos());
      }
      return accounts.status(
          exporterId, held, onDisk, lag.requests(), lag.bytes(), lag.budgetBytes(), age);
    } finally {
      ring.lock.unlock();
    }
  }
}
