package dev.sluice.receivers.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A handler for tests: {@code /echo} answers the body, {@code /later} waits to be answered, {@code
 * /large} answers a lot, {@code /full} answers 503, {@code /refused} is refused by its head, {@code
 * /broken} throws.
 */
final class Echo implements HttpHandler {
  static final int LARGE_BYTES = 32 << 20;

  final BlockingQueue<HttpExchange> later = new LinkedBlockingQueue<>();

  @Override
  public void handle(HttpExchange exchange) {
    switch (exchange.path()) {
      case "/later" -> later.add(exchange);
      case "/large" -> exchange.respond(HttpResponse.of(200, "x/large", new byte[LARGE_BYTES]));
      case "/full" -> exchange.respond(HttpResponse.text(503, "full"));
      case "/broken" -> throw new IllegalStateException("broken on purpose");
      default -> exchange.respond(HttpResponse.of(200, "x/echo", exchange.body()));
    }
  }

  @Override
  public HttpResponse refuse(HttpHead head) {
    return head.path().equals("/refused") ? HttpResponse.text(404, "no") : null;
  }
}
