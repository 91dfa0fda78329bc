package dev.sluice.exporters;

/**
 * A backend on loopback that answers from a script and remembers what it was sent. Without a script
 * left, it takes everything.
 *
 * @param <R> an answer of its protocol
 */
public interface Peer<R> extends AutoCloseable {
  /** Appends an answer, for one request. */
  void script(R reply);

  /**
   * The payload of the next request, decompressed; waits for it, and fails the test without one.
   */
  byte[] take();

  /** How many requests have arrived and were not taken. */
  int waiting();

  /** Cuts all connections and stops listening. */
  @Override
  void close();
}
