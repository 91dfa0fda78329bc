package dev.sluice.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How the senders of a cursor wait, and are woken. Guarded by the ring's lock; methods that say so
 * expect it held, the others take it.
 */
final class Wakeups {
  private final ReentrantLock lock;

  /** For senders without a claim: one is woken for each batch that is due. */
  private final Condition idle;

  /** For senders between two attempts: all are woken, rarely. */
  private final Condition busy;

  /** For the one who drains the pipeline. */
  private final Condition drain;

  private long version;

  Wakeups(ReentrantLock lock) {
    this.lock = lock;
    idle = lock.newCondition();
    busy = lock.newCondition();
    drain = lock.newCondition();
  }

  /** A number that changes whenever there may be something to do; for {@link #await}. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks for {@code nanos}, or until the version is no longer {@code seen}.
   *
   * @param hasClaim whether the sender waits for its next attempt, and not for a batch
   */
  void await(long seen, long nanos, boolean hasClaim) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Condition condition = hasClaim ? busy : idle;
      long left = nanos;
      while (version == seen && left > 0) {
        left = condition.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until it is drained, or for {@code nanos}; returns what is left of them. */
  long awaitDrain(BooleanSupplier drained, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!drained.getAsBoolean() && left > 0) {
        left = drain.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes one sender that has no claim. Under the lock. */
  void wakeOne() {
    version++;
    idle.signal();
  }

  /** Wakes the one who waits for the end of what is under way. Under the lock. */
  void wakeDrain() {
    drain.signalAll();
  }

  /** Wakes every sender. Under the lock. */
  void wakeAll() {
    version++;
    idle.signalAll();
    busy.signalAll();
  }
}
