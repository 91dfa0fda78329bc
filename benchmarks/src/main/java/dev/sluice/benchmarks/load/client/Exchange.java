package dev.sluice.benchmarks.load.client;

import java.nio.ByteBuffer;

/**
 * One request at a time to the collector, and its answer. Used by one thread, except {@link
 * #close}, which ends a send that is under way.
 */
interface Exchange extends AutoCloseable {
  /** What the collector answered. */
  enum Outcome {
    ACCEPTED,
    /** Come again: UNAVAILABLE, RESOURCE_EXHAUSTED, 429, 502, 503, 504. */
    REFUSED,
    /** Any other answer, or none. */
    FAILED
  }

  /** Opens the connection, so that the first request need not; a failure is left to that one. */
  void connect();

  /**
   * A copy of the template's body that will be sent next, in little endian order; {@link
   * #bodyOffset} says where it starts.
   */
  ByteBuffer load(Template template);

  int bodyOffset();

  /** Sends what was loaded, and blocks until the answer. */
  Outcome send();

  /** Why the last send that failed did, for a person. */
  String failure();

  @Override
  void close();
}
