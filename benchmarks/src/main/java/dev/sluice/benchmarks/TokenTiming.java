package dev.sluice.benchmarks;

import dev.sluice.auth.AuthenticatorSettings;
import dev.sluice.auth.Authenticators;
import dev.sluice.config.ComponentId;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reliability test 37, the part that is measured: how long a verdict takes for tokens that differ
 * from the right one in different places. One thread; takes seconds.
 *
 * <p>The kinds come in random order, so that whatever else the machine does hits all alike. Prints
 * the median and the 90th percentile of each kind, of 100,000 tries each, and how far apart they
 * are; and, for comparison, those of {@code String.equals}, which stops at the first difference.
 */
public final class TokenTiming {
  private static final int TRIES = 100_000;
  private static final int WARMUP = 20_000;
  private static final String TOKEN = "0123456789abcdef".repeat(64);

  private int allowed;

  private TokenTiming() {}

  /** A way to compare. */
  @FunctionalInterface
  private interface Comparison {
    void compare(String credentials);
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] arguments) {
    TokenTiming timing = new TokenTiming();
    ServerAuthenticator bearer = bearer();
    String right = "Bearer " + TOKEN;
    timing.measure("bearertokenauth", text -> bearer.judge(text, timing::count));
    timing.measure(
        "String.equals",
        text -> timing.count(right.equals(text) ? Verdict.ALLOWED : Verdict.DENIED));
    System.out.println("allowed " + timing.allowed);
  }

  private void count(Verdict verdict) {
    allowed += verdict == Verdict.ALLOWED ? 1 : 0;
  }

  private void measure(String name, Comparison comparison) {
    Map<String, String> kinds = kinds();
    List<String> labels = new ArrayList<>(kinds.keySet());
    long[][] nanos = new long[labels.size()][TRIES];
    int[] tries = new int[labels.size()];
    Random random = new Random(42);
    for (int i = -WARMUP; Arrays.stream(tries).anyMatch(count -> count < TRIES); i++) {
      int kind = random.nextInt(labels.size());
      String text = kinds.getOrDefault(labels.get(kind), "");
      long begun = System.nanoTime();
      comparison.compare(text);
      long took = System.nanoTime() - begun;
      if (i >= 0 && tries[kind] < TRIES) {
        nanos[kind][tries[kind]++] = took;
      }
    }
    print(name, labels, nanos);
  }

  private static void print(String name, List<String> labels, long[][] nanos) {
    System.out.printf("%s%n%-28s %10s %10s%n", name, "", "median ns", "p90 ns");
    for (int i = 0; i < labels.size(); i++) {
      Arrays.sort(nanos[i]);
      System.out.printf(
          "%-28s %10d %10d%n", labels.get(i), nanos[i][TRIES / 2], nanos[i][TRIES / 10 * 9]);
    }
  }

  /** All of one length: that of a token is no secret. */
  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("right", "Bearer " + TOKEN);
    kinds.put("differs at the first", "Bearer x" + TOKEN.substring(1));
    int middle = TOKEN.length() / 2;
    kinds.put(
        "differs in the middle",
        "Bearer " + TOKEN.substring(0, middle) + "x" + TOKEN.substring(middle + 1));
    kinds.put("differs at the last", "Bearer " + TOKEN.substring(0, TOKEN.length() - 1) + "x");
    kinds.put("differs everywhere", "x".repeat(7 + TOKEN.length()));
    return kinds;
  }

  private static ServerAuthenticator bearer() {
    ComponentId id = ComponentId.of("bearertokenauth");
    AuthenticatorSettings settings =
        AuthenticatorSettings.read(
            id.type(),
            new ConfigLoader(_ -> null, new Problems())
                .loadText("timing", "token: " + TOKEN)
                .root());
    return new Authenticators(
            Map.of(id, settings),
            _ -> {},
            new Meters(),
            new NoClock(),
            (role, body) -> Thread.ofPlatform().name(role).daemon().start(body))
        .server(id);
  }

  /** Nothing here waits. */
  private static final class NoClock implements Clock {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public long epochNanos() {
      return 0;
    }
  }
}
