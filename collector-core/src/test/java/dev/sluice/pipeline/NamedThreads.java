package dev.sluice.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts real threads and knows whether one is left over. */
public final class NamedThreads implements Threads, AutoCloseable {
  private final List<Thread> started = new CopyOnWriteArrayList<>();

  @Override
  public Thread start(String role, Runnable body) {
    Thread thread = Thread.ofPlatform().name(role).daemon().start(body);
    started.add(thread);
    return thread;
  }

  /** Fails when a thread is still there after half a minute. */
  @Override
  public void close() {
    for (Thread thread : started) {
      try {
        thread.join(Duration.ofSeconds(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        throw new AssertionError("leaked thread: " + thread.getName());
      }
    }
  }
}
