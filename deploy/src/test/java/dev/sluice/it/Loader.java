package dev.sluice.it;

import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Assertions;

/**
 * A sender that behaves: one request at a time at a steady pace, and what is refused is sent again
 * after a while, until it is taken. It remembers what was taken and every refusal that told it not
 * to come again. One thread of its own; questions may come from any.
 */
final class Loader {
  private static final long AGAIN_NANOS = 250_000_000L;

  private final String name;
  private final OtlpClient client;
  private final IntFunction<MessageLite> requests;
  private final int itemsEach;
  private final long periodNanos;
  private final Thread thread;
  private final List<String> finalRefusals = new ArrayList<>();
  private volatile boolean stopping;
  private volatile int acceptedRequests;
  private volatile int refusals;
  private volatile int unanswered;
  private volatile String lastRefusal = "none";

  private Loader(
      String name,
      OtlpClient client,
      IntFunction<MessageLite> requests,
      int itemsEach,
      Duration period) {
    this.name = name;
    this.client = client;
    this.requests = requests;
    this.itemsEach = itemsEach;
    periodNanos = period.toNanos();
    thread = Thread.ofPlatform().name("loader-" + name).start(this::run);
  }

  /**
   * Starts sending.
   *
   * @param requests makes the request of a number from 0 on
   * @param itemsEach how many items each has
   */
  static Loader start(
      String name,
      OtlpClient client,
      IntFunction<MessageLite> requests,
      int itemsEach,
      Duration period) {
    return new Loader(name, client, requests, itemsEach, period);
  }

  private void run() {
    for (int number = 0; !stopping; number++) {
      MessageLite request = requests.apply(number);
      while (!stopping && !isTaken(request)) {
        LockSupport.parkNanos(AGAIN_NANOS);
      }
      LockSupport.parkNanos(periodNanos);
    }
    client.close();
  }

  private boolean isTaken(MessageLite request) {
    return switch (client.send(request)) {
      case OtlpClient.Outcome.Accepted _ -> {
        acceptedRequests++;
        yield true;
      }
      case OtlpClient.Outcome.Refused(boolean retryable, String answer) -> {
        refused(retryable, answer);
        yield false;
      }
      case OtlpClient.Outcome.Unanswered _ -> {
        unanswered++;
        stopping = true;
        yield false;
      }
    };
  }

  private void refused(boolean retryable, String answer) {
    refusals++;
    lastRefusal = answer;
    if (!retryable) {
      synchronized (finalRefusals) {
        finalRefusals.add(answer);
      }
    }
  }

  /** Stops after the request under way, and waits until it is answered. */
  void stop() {
    stopping = true;
    join();
    Evidence.show("%s", this);
  }

  /** Waits until it has stopped by itself, which it does when there is no answer any more. */
  void join() {
    try {
      thread.join(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Assertions.assertFalse(thread.isAlive(), () -> thread.getName() + " does not end");
  }

  /** Items in requests that were taken. */
  long acceptedItems() {
    return (long) acceptedRequests * itemsEach;
  }

  /** Items in requests without an answer, of which nobody knows; at most one request. */
  long unansweredItems() {
    return (long) unanswered * itemsEach;
  }

  int refusals() {
    return refusals;
  }

  /** Items in requests that were refused, each time counted. */
  long refusedItems() {
    return (long) refusals * itemsEach;
  }

  /** Refusals that told not to come again; there must be none. */
  List<String> finalRefusals() {
    synchronized (finalRefusals) {
      return List.copyOf(finalRefusals);
    }
  }

  @Override
  public String toString() {
    return "loader %s: %d items accepted in %d requests, %d refusals (last: %s), %d unanswered"
        .formatted(
            name, acceptedItems(), acceptedRequests, refusals, lastRefusal.strip(), unanswered);
  }
}
