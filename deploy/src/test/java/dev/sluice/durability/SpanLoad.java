package dev.sluice.durability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends numbered spans over HTTP, on several threads, as fast as they are answered, and remembers
 * what was acknowledged. Refusals and broken connections are not: whoever sent those comes again.
 */
final class SpanLoad {
  private final URI target;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong next;
  private final List<Thread> threads = new ArrayList<>();
  private final BitSet acknowledged = new BitSet();
  private long requests;
  private long refused;
  private long bytes;
  private volatile boolean stopped;

  /**
   * @param first number of its first request; numbers are never used again
   */
  SpanLoad(int port, long first) {
    target = URI.create("http://127.0.0.1:" + port + "/v1/traces");
    next = new AtomicLong(first);
  }

  SpanLoad start(int connections) {
    for (int i = 0; i < connections; i++) {
      threads.add(Thread.ofPlatform().name("span-load-" + i).start(this::run));
    }
    return this;
  }

  private void run() {
    while (!stopped) {
      send(next.getAndIncrement());
    }
  }

  private void send(long number) {
    byte[] body = Spans.request(number);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      answered(number, body.length, status);
    } catch (IOException e) {
      // It may have been taken or not: nothing is promised.
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private synchronized void answered(long number, int size, int status) {
    if (status == 200) {
      acknowledged.set((int) (number * Spans.SPANS) + 1, (int) ((number + 1) * Spans.SPANS) + 1);
      requests++;
      bytes += size;
    } else {
      refused++;
    }
    notifyAll();
  }

  /** Waits until so many requests are acknowledged. */
  synchronized void awaitAcknowledged(long count) throws InterruptedException {
    while (requests < count) {
      wait();
    }
  }

  /** The ids of acknowledged spans. */
  synchronized BitSet acknowledged() {
    return (BitSet) acknowledged.clone();
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long refused() {
    return refused;
  }

  /** The number that the next load begins with. */
  long next() {
    return next.get();
  }

  /** Stops sending and waits for the threads. */
  void stop() throws InterruptedException {
    stopped = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
    client.shutdownNow();
  }
}
