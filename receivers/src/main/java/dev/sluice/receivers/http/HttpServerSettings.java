package dev.sluice.receivers.http;

import dev.sluice.security.ServerAuthenticator;
import dev.sluice.tls.TlsServer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link HttpServer} listens and the limits that it sets.
 *
 * @param role names the threads: {@code otlp-http} becomes {@code otlp-http-1}
 * @param host a name or address; {@code localhost} is all loopback addresses there are, empty is
 *     all
 * @param port 0 for any free one
 * @param bodyBytesMax the largest body, as sent
 * @param headerBytesMax the largest request line, and the largest sum of headers
 * @param headerDeadlineNanos from a request's first byte to the end of its headers
 * @param bodyDeadlineNanos from the end of the headers to the end of the body
 * @param idleTimeoutNanos how long a connection may be open without a request
 * @param responseDeadlineNanos how long a client may take to read an answer
 * @param connectionsMax open connections; one more is closed at once
 * @param connectionsPerAddressMax of these, from one address; 0 sets no limit
 * @param eventLoops threads
 * @param keepAlive whether a connection may carry more than one request
 * @param tls null for plain HTTP
 * @param authenticator who decides which requests are taken; null takes all
 */
public record HttpServerSettings(
    String role,
    String host,
    int port,
    int bodyBytesMax,
    int headerBytesMax,
    long headerDeadlineNanos,
    long bodyDeadlineNanos,
    long idleTimeoutNanos,
    long responseDeadlineNanos,
    int connectionsMax,
    int connectionsPerAddressMax,
    int eventLoops,
    boolean keepAlive,
    @Nullable TlsServer tls,
    @Nullable ServerAuthenticator authenticator,
    @Nullable Cors cors) {

  /** Limits for a page that people and probes read: small bodies, one thread. */
  public static HttpServerSettings page(String role, String host, int port) {
    return new HttpServerSettings(
        role,
        host,
        port,
        64 << 10,
        32 << 10,
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(60),
        TimeUnit.SECONDS.toNanos(30),
        256,
        0,
        1,
        true,
        null,
        null,
        null);
  }

  /** The same for another number of connections. */
  public HttpServerSettings withConnectionsMax(int other) {
    return new HttpServerSettings(
        role,
        host,
        port,
        bodyBytesMax,
        headerBytesMax,
        headerDeadlineNanos,
        bodyDeadlineNanos,
        idleTimeoutNanos,
        responseDeadlineNanos,
        other,
        connectionsPerAddressMax,
        eventLoops,
        keepAlive,
        tls,
        authenticator,
        cors);
  }

  /** The same, with TLS and an authenticator or without. */
  public HttpServerSettings protectedBy(
      @Nullable TlsServer otherTls, @Nullable ServerAuthenticator otherAuthenticator) {
    return new HttpServerSettings(
        role,
        host,
        port,
        bodyBytesMax,
        headerBytesMax,
        headerDeadlineNanos,
        bodyDeadlineNanos,
        idleTimeoutNanos,
        responseDeadlineNanos,
        connectionsMax,
        connectionsPerAddressMax,
        eventLoops,
        keepAlive,
        otherTls,
        otherAuthenticator,
        cors);
  }
}
