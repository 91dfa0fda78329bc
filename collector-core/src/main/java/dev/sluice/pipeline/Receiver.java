package dev.sluice.pipeline;

import java.io.IOException;

/**
 * A source of telemetry: it owns its sockets and speaks its protocol, and offers to {@link
 * Intake}s.
 */
public interface Receiver {
  /**
   * Opens the sockets and begins to accept.
   *
   * @throws IOException with a message that names the address and what to do, when one is in use
   */
  void start() throws IOException;

  /**
   * Stops accepting, answers what is in flight, and closes everything; blocks for at most {@code
   * timeoutNanos}, after which connections that still wait are cut. Harmless when never started.
   */
  void stop(long timeoutNanos);
}
