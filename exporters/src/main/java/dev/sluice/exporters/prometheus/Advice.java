package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.HttpAnswer;

/** What a person can do about an answer that no retry will change. */
final class Advice {
  private Advice() {}

  /** The answer, and what to do. */
  static String on(HttpAnswer answer) {
    return answer.reason(answer.text()) + " (" + hint(answer) + ")";
  }

  private static String hint(HttpAnswer answer) {
    String location = answer.header("location");
    return switch (answer.status()) {
      case 401, 403 -> "check the credentials in headers, and the tenant if the backend has any";
      case 404 ->
          "check the endpoint; Prometheus takes remote write at /api/v1/write when it is started"
              + " with --web.enable-remote-write-receiver";
      case 405 -> "the endpoint is not one of remote write; Prometheus has /api/v1/write";
      case 407 -> "the proxy wants credentials";
      case 415 -> "the endpoint takes neither version of remote write";
      default ->
          location == null
              ? "check the endpoint"
              : "set endpoint to where it redirects: " + HttpAnswer.line(location);
    };
  }
}
