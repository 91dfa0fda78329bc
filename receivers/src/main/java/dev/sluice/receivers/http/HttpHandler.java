package dev.sluice.receivers.http;

import org.jspecify.annotations.Nullable;

/**
 * What the requests of a server are for. Called on event loops: must be thread-safe, never block.
 */
@FunctionalInterface
public interface HttpHandler {
  /** Takes a request and answers it, now or later. What it throws is answered 500. */
  void handle(HttpExchange exchange);

  /**
   * Judges a request by its head before its body is read; a non-null answer is sent at once and the
   * body is never taken.
   */
  default @Nullable HttpResponse refuse(HttpHead head) {
    return null;
  }

  /**
   * The answer to a request that the server itself refuses, in the words of the handler's protocol.
   *
   * @param status 401 not let in, 413 body too large, 503 no memory, 408 body too slow
   */
  default HttpResponse refused(HttpHead head, int status, String reason) {
    return HttpResponse.text(status, reason + "\n");
  }
}
