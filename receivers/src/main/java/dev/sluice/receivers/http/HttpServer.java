package dev.sluice.receivers.http;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.Threads;
import java.io.IOException;

/**
 * An HTTP/1.1 server on one port. Thread-safe.
 *
 * <p>One request of a connection is in the handler at a time; pipelined ones wait unread.
 */
public final class HttpServer {
  private HttpServer() {}

  /**
   * Listens and serves.
   *
   * @param memory where bodies that are being read are reserved
   * @throws IOException when the address cannot be had; the message names it
   */
  public static HttpServer start(
      HttpServerSettings settings, HttpHandler handler, MemoryBudget memory, Threads threads)
      throws IOException {
    throw new IOException("not yet: " + settings + handler + memory + threads);
  }

  /** The port that is listened on; the one chosen when the settings said 0. */
  public int port() {
    return 0;
  }

  /**
   * Stops accepting, answers what is in flight, and closes everything; blocks for at most {@code
   * timeoutNanos}, after which what still waits is cut. Harmless the second time.
   */
  public void stop(long timeoutNanos) {}
}
