package dev.sluice.benchmarks.load.client;

import dev.sluice.benchmarks.load.LoadCase;
import java.time.Duration;

/**
 * What a run sends. It ends at the first of its bounds.
 *
 * @param templates the bodies
 * @param connections to the collector
 * @param inFlight requests under way at once on a connection; HTTP/1.1 takes a connection for each
 * @param requestsMax how many requests are sent at most
 * @param durationMax how long requests are sent at most
 * @param seriesCount of a load of {@link Templates#series}; otherwise 1
 * @param endsAtRefusal whether the run is over when the collector refuses a request
 */
public record Load(
    LoadCase target,
    Templates templates,
    int connections,
    int inFlight,
    Schedule schedule,
    long requestsMax,
    Duration durationMax,
    long seriesCount,
    boolean endsAtRefusal) {
  private static final int SLOTS_MAX = 1024;

  public Load {
    if (connections < 1 || inFlight < 1 || connections * inFlight > SLOTS_MAX) {
      throw new IllegalArgumentException("1 to " + SLOTS_MAX + " requests can be under way");
    }
  }

  /** A load that sends as fast as it is answered. */
  public static Load closed(
      LoadCase target, Templates templates, int connections, int inFlight, long requestsMax) {
    return new Load(
        target,
        templates,
        connections,
        inFlight,
        new Schedule.ClosedLoop(),
        requestsMax,
        Duration.ofMinutes(5),
        1,
        false);
  }

  public int items() {
    return templates.items();
  }

  public int slots() {
    return connections * inFlight;
  }

  /** The same at a fixed rate of items, for its whole time, however many requests that takes. */
  public Load atItemsPerSecond(double itemsPerSecond) {
    double rate = itemsPerSecond / items();
    long requests = 1 + (long) (rate * durationMax.toNanos() / 1e9);
    return with(new Schedule.OpenLoop(rate), requests, durationMax);
  }

  /** The same, but for another time. */
  public Load lasting(Duration duration) {
    return with(schedule, requestsMax, duration);
  }

  /** The same for its whole time, however many requests that takes. */
  public Load forItsTime() {
    return with(schedule, Long.MAX_VALUE, durationMax);
  }

  /** The same, with as many series. */
  public Load withSeries(long count) {
    return new Load(
        target,
        templates,
        connections,
        inFlight,
        schedule,
        requestsMax,
        durationMax,
        count,
        endsAtRefusal);
  }

  /** The same, until the first refusal. */
  public Load untilRefused() {
    return new Load(
        target,
        templates,
        connections,
        inFlight,
        schedule,
        requestsMax,
        durationMax,
        seriesCount,
        true);
  }

  private Load with(Schedule other, long requests, Duration duration) {
    return new Load(
        target,
        templates,
        connections,
        inFlight,
        other,
        requests,
        duration,
        seriesCount,
        endsAtRefusal);
  }
}
