package dev.sluice;

import dev.sluice.pipeline.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process of its own for {@link Main}: captured streams, given variables, signals that a test
 * sends, and threads that are remembered. Thread-safe.
 */
final class TestHost implements Signals {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  static final Memory MEMORY = new Memory(1L << 30, 256L << 20);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Integer> exits = new ArrayList<>();

  TestHost with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs the program with these streams, variables and signals. */
  int run(String... arguments) {
    return new Main(host(), MEMORY).run(arguments);
  }

  Host host() {
    return new Host(
        environment::get,
        path -> false,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new RealClock(),
        this::start,
        this);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  void signal(String name) {
    actions.get(name).run();
  }

  /** Whether the program listens for a signal. */
  boolean hears(String name) {
    return actions.containsKey(name);
  }

  /** The exit codes that were asked for without an orderly end. */
  synchronized List<Integer> exits() {
    return List.copyOf(exits);
  }

  /** Waits for the threads that were started; the names of those that do not end. */
  synchronized List<String> leaked() throws InterruptedException {
    List<String> leaked = new ArrayList<>();
    for (Thread thread : threads) {
      if (!thread.join(END_LIMIT)) {
        leaked.add(thread.getName());
      }
    }
    return leaked;
  }

  @Override
  public void on(String name, Runnable action) {
    actions.put(name, action);
  }

  @Override
  public synchronized void exitNow(int status) {
    exits.add(status);
  }

  private synchronized Thread start(String role, Runnable body) {
    Thread thread = Thread.ofPlatform().name(role).start(body);
    threads.add(thread);
    return thread;
  }

  private static final class RealClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return System.currentTimeMillis() * 1_000_000;
    }
  }
}
