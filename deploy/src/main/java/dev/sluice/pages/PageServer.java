package dev.sluice.pages;

import dev.sluice.config.Endpoint;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.Threads;
import dev.sluice.receivers.http.HttpExchange;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import dev.sluice.receivers.http.HttpServer;
import dev.sluice.receivers.http.HttpServerSettings;
import dev.sluice.tls.TlsServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A server of pages on one endpoint: GET and HEAD, everything else is 405, what no page knows is
 * 404. Started and stopped by one thread.
 */
public final class PageServer {
  /** Answers may be large: few at a time, so that slow readers do not fill the heap with them. */
  private static final int CONNECTIONS_MAX = 16;

  private final String role;
  private final Endpoint endpoint;
  private final Page page;
  private final PageAccess.@Nullable Granted access;
  private @Nullable HttpServer server;

  /**
   * A server that is not started.
   *
   * @param role names its thread
   */
  public PageServer(String role, Endpoint endpoint, Page page) {
    this(role, endpoint, page, null);
  }

  /**
   * A server that is not started.
   *
   * @param access who may read it; null for anybody
   */
  public PageServer(
      String role, Endpoint endpoint, Page page, PageAccess.@Nullable Granted access) {
    this.role = role;
    this.endpoint = endpoint;
    this.page = page;
    this.access = access;
  }

  /**
   * Opens the port.
   *
   * @throws IOException with a message that names the address or the certificate, when it cannot be
   *     had
   */
  public void start(MemoryBudget memory, Threads threads) throws IOException {
    HttpServerSettings settings =
        HttpServerSettings.page(role, endpoint.host(), endpoint.port())
            .withConnectionsMax(CONNECTIONS_MAX);
    if (access != null) {
      settings = protectedBy(settings, access);
    }
    server = HttpServer.start(settings, this::handle, memory, threads);
  }

  private static HttpServerSettings protectedBy(
      HttpServerSettings settings, PageAccess.Granted granted) throws IOException {
    PageAccess access = granted.access();
    TlsServerConfig config = access.tls();
    TlsServer tls =
        config == null
            ? null
            : TlsServer.load(
                access.path(), config, granted.security(), granted.meters(), granted.clock());
    return settings.protectedBy(tls, granted.security().serverOrNull(access.authenticator()));
  }

  /** Closes the port; harmless when it was never opened. */
  public void stop(long timeoutNanos) {
    if (server != null) {
      server.stop(timeoutNanos);
    }
  }

  /** Names the thread, and the page in messages. */
  public String role() {
    return role;
  }

  /** Where it listens; the port is the real one once it is started. */
  public Endpoint endpoint() {
    return server == null ? endpoint : new Endpoint(endpoint.host(), server.port());
  }

  private void handle(HttpExchange exchange) {
    exchange.respond(answer(exchange));
  }

  private HttpResponse answer(HttpHead head) {
    boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
    if (!reads) {
      return HttpResponse.text(405, "405 method not allowed, supported: [GET]\n")
          .withHeader("Allow", "GET, HEAD");
    }
    HttpResponse answer = page.get(head);
    return answer == null ? notFound(head) : answer.withHeader("Cache-Control", "no-store");
  }

  private static HttpResponse notFound(HttpHead head) {
    return HttpResponse.json(
        404, Json.object(json -> json.writeStringProperty("error", "no page at " + head.path())));
  }
}
