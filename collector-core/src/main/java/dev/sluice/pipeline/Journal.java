package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.List;

/**
 * The requests of one pipeline on disk, in the order in which they were accepted: what a {@link
 * Ring} holds in memory is the newest part of it. Thread-safe; {@code dev.sluice.journal} has the
 * files.
 *
 * <p>A request is numbered by a sequence that only grows by one, across restarts. What no follower
 * has pending any more is deleted.
 */
public interface Journal {
  /**
   * A place between two requests.
   *
   * @param sequence of the request that follows it
   * @param items of all requests before it, since the journal began; so the difference of two
   *     places is the number of items between them, also where the requests cannot be read any more
   */
  record Place(long sequence, long items) {}

  /** The requests from one place to another; {@code from} is never after {@code to}. */
  record Range(Place from, Place to) {
    public long items() {
      return to.items - from.items;
    }

    public boolean isEmpty() {
      return from.sequence == to.sequence;
    }
  }

  /**
   * What an exporter has still to deliver: these ranges, in order and apart from each other, and
   * everything from {@code end} on.
   */
  record Pending(List<Range> ranges, Place end) {
    public Pending {
      ranges = List.copyOf(ranges);
    }
  }

  /** A request as it was read back. */
  record Entry(Telemetry telemetry, Place place, long acceptedEpochNanos) {
    /** The place after it. */
    public Place next() {
      return new Place(place.sequence + 1, place.items + telemetry.items());
    }
  }

  /**
   * What was read.
   *
   * @param entries in order; there may be places between them that could not be read
   * @param next where to read on; always after where this reading began
   * @param lostItems items between there and {@code next} that are in none of the entries: damaged
   *     or missing on disk
   */
  record Chunk(List<Entry> entries, Place next, long lostItems) {}

  /** Reads back. Used by one thread at a time. */
  interface Reader extends AutoCloseable {
    /**
     * Reads on from a place, until {@code to}, or as far as the limits allow: at least one entry,
     * and no more once {@code items} or {@code bytes} are reached. Blocks on the disk. Never throws
     * because of damaged files: what cannot be read is counted as lost. An I/O error of the disk
     * itself counts the same only when a second try fails too.
     */
    Chunk read(Place from, Place to, long items, long bytes);

    @Override
    void close();
  }

  /** One exporter, as the journal sees it. Called on the journal's thread. */
  interface Follower {
    /** What it has still to deliver, now. */
    Pending pending();

    /**
     * What is pending before a place is given up, so that its files can be deleted; the follower
     * counts it as lost by this rule, except what it has in memory already.
     *
     * @return false when the follower reads there at this moment: the journal comes again
     */
    boolean tryGiveUp(Place before, String rule, String reason);
  }

  /** Told once, on the journal's thread and in the order of the sequences, what became of it. */
  interface Completion {
    /** It is as safe as the journal's mode promises. */
    void committed(Place place);

    /** It could not be written, and will not be: the sender has to come again. */
    void failed(String reason);
  }

  /** The place of the next request. */
  Place head();

  /**
   * Names an exporter that follows; before {@link #start}.
   *
   * @return what it has pending from the last run of the process; an exporter that was never here
   *     has everything pending that there is
   */
  Pending follow(String exporterId, Follower follower);

  /**
   * All exporters that follow are named: from here on requests are written, what is pending is
   * saved, and what nobody needs is deleted. Called once.
   */
  void start();

  /**
   * Whether a request of this size would be taken now: the disk works, has room, and what waits to
   * be written is within its bound.
   */
  boolean hasRoom(int bytes);

  /** Writes a request; never blocks. */
  void append(Telemetry telemetry, Completion completion);

  Reader reader();

  /** Writes what waits, saves what is pending, and stops. Blocks until then. */
  void close();
}
