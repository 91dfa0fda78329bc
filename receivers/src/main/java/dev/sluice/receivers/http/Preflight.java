package dev.sluice.receivers.http;

import static java.util.Locale.ROOT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers browsers' questions by {@link Cors}: the preflight, and the headers that let a page read
 * an answer. Stateless. Follows the Fetch standard and, in what is sent, the library that the
 * OpenTelemetry Collector uses.
 */
final class Preflight {
  private static final List<String> SAFE_HEADERS =
      List.of("accept", "content-type", "x-requested-with", "origin");

  private final Cors cors;

  Preflight(Cors cors) {
    this.cors = cors;
  }

  /** The answer to {@code head} when it is a preflight, else null. */
  @Nullable HttpResponse answer(HttpHead head) {
    String method = asked(head);
    if (method == null) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    String origin = head.header("origin");
    String asked = head.header("access-control-request-headers");
    if (origin != null && allows(origin) && isServed(method) && allowsHeaders(asked)) {
      allow(headers, origin);
      headers.put("Access-Control-Allow-Methods", method);
      if (asked != null && !asked.isEmpty()) {
        headers.put("Access-Control-Allow-Headers", asked);
      }
      if (cors.maxAgeSeconds() > 0) {
        headers.put("Access-Control-Max-Age", Integer.toString(cors.maxAgeSeconds()));
      }
    }
    return new HttpResponse(204, "", new byte[0], headers);
  }

  /** The headers that the answer to any other request carries. */
  Map<String, String> headers(HttpHead head) {
    if (asked(head) != null) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    String origin = head.header("origin");
    if (origin != null && allows(origin)) {
      allow(headers, origin);
      if (!cors.exposedHeaders().isEmpty()) {
        headers.put("Access-Control-Expose-Headers", String.join(", ", cors.exposedHeaders()));
      }
    }
    return headers;
  }

  /** The method that a preflight asks for; null when the request is none. */
  private static @Nullable String asked(HttpHead head) {
    return head.method().equals("OPTIONS") ? head.header("access-control-request-method") : null;
  }

  private void allow(Map<String, String> headers, String origin) {
    boolean all = cors.allowedOrigins().contains("*");
    headers.put("Access-Control-Allow-Origin", all ? "*" : origin);
    headers.put("Access-Control-Allow-Credentials", "true");
  }

  private static boolean isServed(String method) {
    return method.equals("POST") || method.equals("GET") || method.equals("HEAD");
  }

  private boolean allows(String origin) {
    String lower = origin.toLowerCase(ROOT);
    for (String allowed : cors.allowedOrigins()) {
      if (matches(allowed.toLowerCase(ROOT), lower)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String allowed, String origin) {
    int star = allowed.indexOf('*');
    if (star < 0) {
      return allowed.equals(origin);
    }
    return origin.length() >= allowed.length() - 1
        && origin.startsWith(allowed.substring(0, star))
        && origin.endsWith(allowed.substring(star + 1));
  }

  private boolean allowsHeaders(@Nullable String asked) {
    if (asked == null || cors.allowedHeaders().contains("*")) {
      return true;
    }
    for (String header : asked.split(",", -1)) {
      String name = header.strip().toLowerCase(ROOT);
      if (!name.isEmpty() && !SAFE_HEADERS.contains(name) && !configured(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean configured(String name) {
    return cors.allowedHeaders().stream().anyMatch(name::equalsIgnoreCase);
  }
}
