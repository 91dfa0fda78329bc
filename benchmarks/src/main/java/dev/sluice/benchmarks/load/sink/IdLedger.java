package dev.sluice.benchmarks.load.sink;

/**
 * Which items were accepted, and which arrived. Ids are consecutive: request {@code r} of {@code n}
 * items has the ids {@code firstId + r * n} to {@code firstId + r * n + n - 1}. Thread-safe.
 */
public final class IdLedger {
  private static final long ITEMS_MAX = 1L << 30;

  private final long firstId;
  private final int itemsPerRequest;
  private final long[] accepted;
  private final long[] delivered;
  private final long items;
  private long duplicates;
  private long foreign;
  private long deliveries;

  /**
   * @param requestsMax how many requests can be sent at most; their items are at most 2^30
   */
  public IdLedger(long firstId, int itemsPerRequest, long requestsMax) {
    items = requestsMax * itemsPerRequest;
    if (items > ITEMS_MAX) {
      throw new IllegalArgumentException("too many items to keep account of: " + items);
    }
    this.firstId = firstId;
    this.itemsPerRequest = itemsPerRequest;
    accepted = new long[words(requestsMax)];
    delivered = new long[words(items)];
  }

  private static int words(long bits) {
    return Math.toIntExact((bits + 63) / 64);
  }

  /** The id of the first item of a request. */
  public long firstId(long request) {
    return firstId + request * itemsPerRequest;
  }

  /** The collector has answered that it took the request. */
  public synchronized void accepted(long request) {
    accepted[(int) (request >>> 6)] |= 1L << request;
  }

  /** The sink has read these ids. */
  public synchronized void delivered(long[] ids, int count) {
    deliveries += count;
    for (int i = 0; i < count; i++) {
      deliver(ids[i] - firstId);
    }
  }

  private void deliver(long item) {
    if (item < 0 || item >= items) {
      foreign++;
      return;
    }
    int word = (int) (item >>> 6);
    long bit = 1L << item;
    if ((delivered[word] & bit) != 0) {
      duplicates++;
    }
    delivered[word] |= bit;
  }

  /** The account so far. */
  public synchronized Account account() {
    long acceptedItems = 0;
    long missing = 0;
    long unaccepted = 0;
    for (long item = 0; item < items; item++) {
      boolean wasAccepted = isSet(accepted, item / itemsPerRequest);
      boolean wasDelivered = isSet(delivered, item);
      acceptedItems += wasAccepted ? 1 : 0;
      missing += wasAccepted && !wasDelivered ? 1 : 0;
      unaccepted += !wasAccepted && wasDelivered ? 1 : 0;
    }
    return new Account(acceptedItems, deliveries, missing, duplicates, unaccepted, foreign);
  }

  private static boolean isSet(long[] bits, long index) {
    return (bits[(int) (index >>> 6)] & 1L << index) != 0;
  }

  /**
   * The outcome, in items.
   *
   * @param accepted that the collector answered for
   * @param deliveries all that arrived, whatever it was
   * @param missing accepted and never delivered
   * @param duplicates deliveries of what had been delivered
   * @param unaccepted delivered although the answer was not OK; allowed, when the answer was lost
   * @param foreign deliveries of ids that were never sent
   */
  public record Account(
      long accepted,
      long deliveries,
      long missing,
      long duplicates,
      long unaccepted,
      long foreign) {}
}
