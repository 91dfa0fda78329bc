package dev.sluice.receivers.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of servers under test. */
final class TestServers {
  private static final Duration LONG = Duration.ofMinutes(5);

  private TestServers() {}

  static HttpServerSettings settings() {
    return settings("localhost", 0);
  }

  static HttpServerSettings settings(String host, int port) {
    return settings(host, port, LONG, LONG, LONG, LONG, 100, 0, null);
  }

  static HttpServerSettings deadlines(
      Duration header, Duration body, Duration idle, Duration response) {
    return settings("localhost", 0, header, body, idle, response, 100, 0, null);
  }

  static HttpServerSettings connections(int connectionsMax) {
    return settings("localhost", 0, LONG, LONG, LONG, LONG, connectionsMax, 0, null);
  }

  static HttpServerSettings connectionsPerAddress(int perAddressMax) {
    return settings("localhost", 0, LONG, LONG, LONG, LONG, 100, perAddressMax, null);
  }

  static HttpServerSettings cors(Cors cors) {
    return settings("localhost", 0, LONG, LONG, LONG, LONG, 100, 0, cors);
  }

  private static HttpServerSettings settings(
      String host,
      int port,
      Duration header,
      Duration body,
      Duration idle,
      Duration response,
      int connectionsMax,
      int perAddressMax,
      @Nullable Cors cors) {
    return new HttpServerSettings(
        "test-http",
        host,
        port,
        4 << 20,
        8 << 10,
        header.toNanos(),
        body.toNanos(),
        idle.toNanos(),
        response.toNanos(),
        connectionsMax,
        perAddressMax,
        2,
        true,
        null,
        null,
        cors);
  }
}
