package dev.sluice.auth;

import dev.sluice.pipeline.Threads;
import dev.sluice.security.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes verdicts that take too long for an event loop, one after the other on a thread of its own,
 * which begins with the first. Thread-safe.
 *
 * <p>At most {@value #WAITING_MAX} wait; whoever comes then is told to come again. So strangers who
 * guess passwords can take one thread and no more.
 */
final class Checks implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checks.class);
  private static final int WAITING_MAX = 64;

  private final String role;
  private final Threads threads;
  private final Queue<Check> waiting = new ArrayDeque<>();
  private @Nullable Thread thread;
  private boolean closed;

  private record Check(Supplier<Verdict> work, Consumer<Verdict> reply) {}

  Checks(String role, Threads threads) {
    this.role = role;
    this.threads = threads;
  }

  /**
   * Has {@code work} make a verdict; answers {@link Verdict#BUSY} at once when there is no room.
   */
  void judge(Supplier<Verdict> work, Consumer<Verdict> reply) {
    if (!tryAdd(new Check(work, reply))) {
      reply.accept(Verdict.BUSY);
    }
  }

  private synchronized boolean tryAdd(Check check) {
    if (closed || waiting.size() >= WAITING_MAX) {
      return false;
    }
    waiting.add(check);
    if (thread == null) {
      thread = threads.start(role, this::run);
    }
    notifyAll();
    return true;
  }

  private void run() {
    try {
      for (Check next = take(); next != null; next = take()) {
        next.reply.accept(verdict(next.work));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next; null when there will be none any more. */
  private synchronized @Nullable Check take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return waiting.poll();
  }

  /** A check that fails lets nobody in. */
  private static Verdict verdict(Supplier<Verdict> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOGGER.error("a check of credentials failed with {}", e.getClass().getName());
      return Verdict.BUSY;
    }
  }

  /** Ends the thread; who still waits is told to come again. */
  @Override
  public void close() {
    List<Check> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
      if (thread != null) {
        thread.interrupt();
      }
    }
    left.forEach(check -> check.reply.accept(Verdict.BUSY));
  }
}
