package dev.sluice.receivers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param contentType empty for none
 * @param headers further ones; framing headers (Content-Length, Connection, Date) are the server's
 */
public record HttpResponse(
    int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final byte[] EMPTY = {};

  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(status, contentType, body, Map.of());
  }

  /** Without a body. */
  public static HttpResponse empty(int status) {
    return of(status, "", EMPTY);
  }

  public static HttpResponse text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body.getBytes(UTF_8));
  }

  public static HttpResponse json(int status, String body) {
    return of(status, "application/json", body.getBytes(UTF_8));
  }

  /** This answer with one more header. */
  public HttpResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, contentType, body, more);
  }
}
