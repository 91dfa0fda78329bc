package dev.sluice.pipeline;

/**
 * How far an exporter may lag behind its pipeline: the Collector's {@code sending_queue}.
 *
 * @param consumers deliveries under way at once; 1 for an ordered exporter
 * @param capacity in units of {@code sizer}
 * @param waitForResult whether the request is answered only when this exporter is done with it
 */
public record QueueSettings(int consumers, long capacity, Sizer sizer, boolean waitForResult) {
  /** What a queue or batch size counts. */
  public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES
  }
}
