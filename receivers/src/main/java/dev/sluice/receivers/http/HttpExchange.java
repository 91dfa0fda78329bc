package dev.sluice.receivers.http;

import dev.sluice.receivers.limits.Reservation;

/**
 * One request, read in full, and the way to answer it.
 *
 * <p>Given to the handler on an event loop, which must not be blocked; may be answered from any
 * thread. A connection's next request is read only when this one is answered.
 */
public interface HttpExchange extends HttpHead {
  /** The body as sent, not decompressed; empty when there is none. The array is the handler's. */
  byte[] body();

  /**
   * What this request holds of the memory budget: its body, from the start. A handler that makes
   * more of it, as by inflating, grows it first. The answer releases it.
   */
  Reservation reservation();

  /**
   * Answers. Exactly one answer is sent: the first; a later one is ignored. An answer to a
   * connection that is gone is dropped silently.
   */
  void respond(HttpResponse response);
}
