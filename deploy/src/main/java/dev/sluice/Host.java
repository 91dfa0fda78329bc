package dev.sluice;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Threads;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the process gives to Sluice; tests give something else.
 *
 * @param environment the value of a variable, or null
 * @param exists whether there is a file; for recognising a container only
 * @param out what a command answers
 * @param err logs and problems
 */
record Host(
    Function<String, @Nullable String> environment,
    Predicate<Path> exists,
    PrintStream out,
    PrintStream err,
    Clock clock,
    Threads threads,
    Signals signals) {

  /** The real ones. */
  static Host ofProcess() {
    return new Host(
        System::getenv,
        Files::exists,
        utf8(System.out),
        utf8(System.err),
        new SystemClock(),
        Host::startThread,
        new ProcessSignals());
  }

  /** The value of a variable; empty when it is not set. */
  String variable(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value;
  }

  /** Whether this is a container, where loopback is nobody's way in. */
  boolean container() {
    return exists.test(Path.of("/.dockerenv"))
        || exists.test(Path.of("/run/.containerenv"))
        || environment.apply("KUBERNETES_SERVICE_HOST") != null
        || environment.apply("container") != null;
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static Thread startThread(String role, Runnable body) {
    return Thread.ofPlatform().name(role).start(body);
  }

  private static final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      Instant now = Instant.now();
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
  }
}
