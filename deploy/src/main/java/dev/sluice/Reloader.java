package dev.sluice;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Threads;
import dev.sluice.security.Reloadable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has certificates, tokens and passwords read again, each at its interval, one after the other on
 * one thread. There is no thread when there is nothing to read. Thread-safe.
 */
final class Reloader {
  private static final Logger LOGGER = LoggerFactory.getLogger(Reloader.class);
  private static final long INTERVAL_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private final Threads threads;
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean started;

  private static final class Entry {
    private final Reloadable reloadable;
    private long dueNanos;

    Entry(Reloadable reloadable, long dueNanos) {
      this.reloadable = reloadable;
      this.dueNanos = dueNanos;
    }
  }

  Reloader(Clock clock, Threads threads) {
    this.clock = clock;
    this.threads = threads;
  }

  /** Has one read again, for the first time at once. */
  synchronized void add(Reloadable reloadable) {
    entries.add(new Entry(reloadable, clock.nanoTime()));
    startWhenNeeded();
    notifyAll();
  }

  synchronized void start() {
    started = true;
    startWhenNeeded();
  }

  /** Reads no more; harmless when it never began. */
  synchronized void stop() {
    started = false;
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  /** Reads what is due; the nanoseconds until the next is. */
  long doWork() {
    for (Entry entry : all()) {
      if (entry.dueNanos - clock.nanoTime() <= 0) {
        reload(entry.reloadable);
        long interval = Math.max(INTERVAL_NANOS_MIN, entry.reloadable.interval().toNanos());
        entry.dueNanos = clock.nanoTime() + interval;
      }
    }
    long now = clock.nanoTime();
    return all().stream().mapToLong(entry -> entry.dueNanos - now).min().orElse(Long.MAX_VALUE);
  }

  private static void reload(Reloadable reloadable) {
    try {
      reloadable.reload();
    } catch (RuntimeException e) {
      LOGGER.error("{}: reading again failed with {}", reloadable.name(), e.getClass().getName());
    }
  }

  private synchronized List<Entry> all() {
    return List.copyOf(entries);
  }

  private void startWhenNeeded() {
    if (started && thread == null && !entries.isEmpty()) {
      thread = threads.start("reload", this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        await(Math.max(0, doWork()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until something is due, or something new comes. */
  private synchronized void await(long nanos) throws InterruptedException {
    boolean newcomer = entries.stream().anyMatch(entry -> entry.dueNanos <= clock.nanoTime());
    if (nanos > 0 && !newcomer) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
  }
}
