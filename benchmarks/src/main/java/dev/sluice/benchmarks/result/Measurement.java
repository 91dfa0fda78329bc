package dev.sluice.benchmarks.result;

/**
 * One figure with its interval. Of the load harness: the median of the rounds, with the least and
 * the greatest; of JMH: the score, with its error at 99.9 % confidence on both sides.
 *
 * @param subject what was measured: the name of a collector, or {@code jmh}
 * @param target the case: {@code traces-grpc x100}, or the benchmark with its parameters
 * @param metric {@code cpu}, {@code p99}, …
 * @param unit {@code us/item}, {@code ms}, …
 * @param rounds how many values it comes from
 */
public record Measurement(
    String subject,
    String target,
    String metric,
    String unit,
    double value,
    double low,
    double high,
    int rounds) {
  /** What identifies the same measurement in another run. */
  public Key key() {
    return new Key(subject, target, metric);
  }

  /** Whether the intervals have a value in common: then the difference may be noise. */
  public boolean overlaps(Measurement other) {
    return low <= other.high && other.low <= high;
  }

  /** The identity of a measurement. */
  public record Key(String subject, String target, String metric) {}
}
