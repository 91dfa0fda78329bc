package dev.sluice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A backend for spans over OTLP/HTTP that remembers their names. A request with a span whose name
 * begins with "bad" is refused for good; the first ones may be answered with 503. Thread-safe.
 */
final class TraceBackend implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> names = new ArrayList<>();
  private int unavailable;
  private int requests;

  TraceBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next requests are answered with 503. */
  synchronized void unavailable(int count) {
    unavailable = count;
  }

  synchronized List<String> names() {
    return List.copyOf(names);
  }

  synchronized int requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = judge(body);
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized int judge(byte[] body) throws IOException {
    requests++;
    if (unavailable > 0) {
      unavailable--;
      return 503;
    }
    List<String> found = new ArrayList<>();
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> found.add(span.getName()));
      }
    }
    if (found.stream().anyMatch(name -> name.startsWith("bad"))) {
      return 400;
    }
    names.addAll(found);
    return 200;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
