package dev.sluice.durability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A backend for OTLP over HTTP that remembers the ids of spans, and can be down. Thread-safe. */
final class SpanSink implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BitSet seen = new BitSet();
  private long duplicates;
  private volatile boolean down;

  SpanSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Whether every request is answered with 503 and not taken. */
  void down(boolean isDown) {
    down = isDown;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean taken = !down;
    if (taken) {
      Spans.forEachId(body, this::remember);
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    }
    exchange.sendResponseHeaders(taken ? 200 : 503, -1);
    exchange.close();
  }

  private synchronized void remember(long id) {
    duplicates += seen.get((int) id) ? 1 : 0;
    seen.set((int) id);
  }

  /** How many of these spans are not here. */
  synchronized int missing(BitSet ids) {
    BitSet missing = (BitSet) ids.clone();
    missing.andNot(seen);
    return missing.cardinality();
  }

  /** Spans that came more than once. */
  synchronized long duplicates() {
    return duplicates;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
