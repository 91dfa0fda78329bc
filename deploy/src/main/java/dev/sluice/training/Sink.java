package dev.sluice.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands for all backends on one loopback port: takes every request and says yes. */
final class Sink implements AutoCloseable {
  /** Where each exporter of {@code training.yaml} sends to. */
  static final Set<String> BACKENDS =
      Set.of("/v1/traces", "/v1/logs", "/api/v1/write", "/loki/api/v1/push");

  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> paths = new ConcurrentSkipListSet<>();

  Sink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where something has arrived so far. */
  Set<String> paths() {
    return paths;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.sendResponseHeaders(NO_CONTENT, -1);
      paths.add(exchange.getRequestURI().getPath());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
