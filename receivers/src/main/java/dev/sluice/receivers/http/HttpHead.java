package dev.sluice.receivers.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The request line and headers of a request. */
public interface HttpHead {
  /** The method as sent: {@code POST}. */
  String method();

  /** The path as sent, not decoded, without the query: {@code /v1/traces}. */
  String path();

  /** What follows the first question mark, not decoded; empty when there is none. */
  String query();

  /** The first value of a header, its name compared without case; null when absent. */
  @Nullable String header(String name);

  InetSocketAddress remoteAddress();
}
