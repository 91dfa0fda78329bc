package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.Cores;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the command line says of a scenario.
 *
 * @param items of a request
 * @param rounds of each measurement
 * @param requests of a round, at most
 * @param duration of a round, at most
 * @param connections to the collector
 * @param inFlight requests under way at once on a gRPC connection
 * @param rate of an open loop, in items a second; 0 is half of the capacity, measured first
 * @param overload how many times the capacity an overload offers
 * @param backend how many items a second the sink takes at most; 0 is as many as come
 * @param lokiPush whether logs go to Loki's push API, where the collector can
 * @param collectorCores where the collector runs
 * @param loadCores where the load and the sink run
 */
public record Settings(
    List<CollectorCommand> collectors,
    List<LoadCase> cases,
    int items,
    int rounds,
    long requests,
    Duration duration,
    int connections,
    int inFlight,
    double rate,
    double overload,
    double backend,
    boolean lokiPush,
    Cores collectorCores,
    Cores loadCores) {
  private static final int ROUNDS_MAX = 100;
  private static final long REQUESTS_MAX = 10_000_000;
  private static final Duration DURATION_MAX = Duration.ofMinutes(10);

  public Settings {
    atMost("rounds", rounds, ROUNDS_MAX);
    atMost("requests", requests, REQUESTS_MAX);
    atMost("seconds", duration.toSeconds(), DURATION_MAX.toSeconds());
  }

  private static void atMost(String what, long value, long max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(what + ": expected 1 to " + max + ", got " + value);
    }
  }

  /** As results say them; the collectors are not in it. */
  public Map<String, String> described() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("cases", cases.stream().map(LoadCase::label).collect(Collectors.joining(",")));
    map.put("items", Integer.toString(items));
    map.put("rounds", Integer.toString(rounds));
    map.put("requests", Long.toString(requests));
    map.put("seconds", Long.toString(duration.toSeconds()));
    map.put("connections", Integer.toString(connections));
    map.put("in-flight", Integer.toString(inFlight));
    map.put("rate", Double.toString(rate));
    map.put("overload", Double.toString(overload));
    map.put("backend", Double.toString(backend));
    map.put("logs", lokiPush ? "loki" : "otlp_http");
    map.put("collector-cores", collectorCores.list());
    map.put("load-cores", loadCores.list());
    return map;
  }

  /** The settings that a result was measured with. */
  public static Settings of(Map<String, String> map, List<CollectorCommand> collectors) {
    return new Settings(
        collectors,
        cases(map.getOrDefault("cases", "")),
        (int) number(map, "items"),
        (int) number(map, "rounds"),
        (long) number(map, "requests"),
        Duration.ofSeconds((long) number(map, "seconds")),
        (int) number(map, "connections"),
        (int) number(map, "in-flight"),
        number(map, "rate"),
        number(map, "overload"),
        Double.parseDouble(map.getOrDefault("backend", "0")),
        "loki".equals(map.get("logs")),
        new Cores(map.getOrDefault("collector-cores", "0")),
        new Cores(map.getOrDefault("load-cores", "0")));
  }

  private static double number(Map<String, String> map, String key) {
    String text = map.get(key);
    if (text == null) {
      throw new IllegalArgumentException("the results do not say their " + key);
    }
    return Double.parseDouble(text);
  }

  /** Reads {@code traces-grpc,logs-http}. */
  public static List<LoadCase> cases(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).map(LoadCase::named).toList();
  }

  /** The same measurements with less of everything, for a quick look at the change. */
  public Settings shortened() {
    return new Settings(
        collectors,
        cases,
        items,
        Math.min(rounds, 2),
        Math.max(1, requests / 2),
        Duration.ofSeconds(Math.min(duration.toSeconds(), 5)),
        connections,
        inFlight,
        rate,
        overload,
        backend,
        lokiPush,
        collectorCores,
        loadCores);
  }
}
