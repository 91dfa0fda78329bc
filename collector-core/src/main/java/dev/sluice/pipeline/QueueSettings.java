package dev.sluice.pipeline;

import dev.sluice.config.Section;

/**
 * How far an exporter may lag behind its pipeline: the Collector's {@code sending_queue}.
 *
 * @param consumers deliveries under way at once; 1 for an ordered exporter
 * @param capacity in units of {@code sizer}; {@link #UNLIMITED} leaves it to the bytes of the ring
 * @param waitForResult whether the request is answered only when this exporter is done with it
 * @param retention what is kept when there is no room, and for how long
 * @param storage where what has no room in memory is kept on disk, if anywhere
 */
public record QueueSettings(
    int consumers,
    long capacity,
    Sizer sizer,
    boolean waitForResult,
    Retention retention,
    StorageSettings storage) {
  /** No limit but the bytes of the ring, which always bind. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Ten consumers as in the Collector; bounded by bytes alone. */
  public static final QueueSettings DEFAULTS =
      new QueueSettings(10, UNLIMITED, Sizer.REQUESTS, false, Retention.DEFAULTS);

  private static final int CONSUMERS_MAX = 1000;

  /** A queue in memory only. */
  public QueueSettings(
      int consumers, long capacity, Sizer sizer, boolean waitForResult, Retention retention) {
    this(consumers, capacity, sizer, waitForResult, retention, StorageSettings.NONE);
  }

  /** What a queue or batch size counts. */
  public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES
  }

  /** Reads a {@code sending_queue} section, except its {@code batch}. */
  static QueueSettings read(Section section) {
    boolean enabled = section.bool("enabled", true);
    int consumers = section.integer("num_consumers", DEFAULTS.consumers, 1, CONSUMERS_MAX);
    long capacity = section.longInteger("queue_size", UNLIMITED, 1, UNLIMITED);
    Sizer sizer = section.choice("sizer", Sizer.REQUESTS);
    boolean waitForResult = section.bool("wait_for_result", false);
    section.unsupported(
        "block_on_overflow", "a full ring refuses with Retry-After, and the sender comes again");
    StorageSettings storage = StorageSettings.read(section);
    // Without a queue the Collector exports on the caller's thread and answers with the outcome.
    boolean waits = waitForResult || !enabled;
    if (waits && storage.isThere()) {
      section.problem("storage", "not together with wait_for_result, nor with enabled: false");
    }
    return new QueueSettings(consumers, capacity, sizer, waits, Retention.read(section), storage);
  }
}
