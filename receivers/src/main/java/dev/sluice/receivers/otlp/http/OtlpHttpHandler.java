package dev.sluice.receivers.otlp.http;

import static java.util.Locale.ROOT;

import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.http.HttpExchange;
import dev.sluice.receivers.http.HttpHandler;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import dev.sluice.receivers.otlp.export.ExportAnswer;
import dev.sluice.receivers.otlp.export.ExportResponse;
import dev.sluice.receivers.otlp.export.ExportService;
import dev.sluice.receivers.otlp.export.Format;
import dev.sluice.receivers.otlp.export.RpcStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/HTTP: which requests are taken, and in what words they are answered. Stateless, so any
 * number of event loops may use it. Follows the OTLP specification, and the Collector where that is
 * silent.
 */
final class OtlpHttpHandler implements HttpHandler {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final int HTTP_OVERLOADED = 503;
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, ExportService> services;
  private final Set<Encoding> encodings;
  private final Map<String, String> headers;

  /**
   * @param services by path
   * @param headers added to each answer
   */
  OtlpHttpHandler(
      Map<String, ExportService> services, Set<Encoding> encodings, Map<String, String> headers) {
    this.services = services;
    this.encodings = encodings;
    this.headers = headers;
  }

  @Override
  public @Nullable HttpResponse refuse(HttpHead head) {
    HttpResponse refusal = refusal(head);
    return refusal == null ? null : withHeaders(refusal);
  }

  @Override
  public void handle(HttpExchange exchange) {
    ExportService service = Objects.requireNonNull(services.get(exchange.path()));
    Format format = Objects.requireNonNull(format(exchange));
    Encoding encoding = Objects.requireNonNull(encoding(exchange));
    service.export(
        exchange.body(),
        encoding,
        format,
        exchange.reservation(),
        answer -> exchange.respond(withHeaders(response(service, format, answer))));
  }

  @Override
  public HttpResponse refused(HttpHead head, int status, String reason) {
    Format format = format(head);
    return withHeaders(
        switch (status) {
          case HTTP_OVERLOADED -> overloaded(format, reason, ExportService.MEMORY_RETRY_NANOS);
          case 401 -> status(format, status, new RpcStatus(RpcStatus.UNAUTHENTICATED, reason, 0));
          case 413 ->
              status(format, status, new RpcStatus(RpcStatus.RESOURCE_EXHAUSTED, reason, 0));
          default -> status(format, status, new RpcStatus(RpcStatus.UNKNOWN, reason, 0));
        });
  }

  private @Nullable HttpResponse refusal(HttpHead head) {
    if (!services.containsKey(head.path())) {
      return HttpResponse.text(404, "404 page not found\n");
    }
    if (!head.method().equals("POST")) {
      return plain(405, "405 method not allowed, supported: [POST]").withHeader("Allow", "POST");
    }
    Format format = format(head);
    if (format == null) {
      return plain(415, "415 unsupported media type, supported: [" + JSON + ", " + PROTOBUF + "]");
    }
    if (encoding(head) == null) {
      String reason = "unsupported Content-Encoding: " + head.header("content-encoding");
      return status(format, 400, new RpcStatus(RpcStatus.INVALID_ARGUMENT, reason, 0));
    }
    return null;
  }

  private HttpResponse response(ExportService service, Format format, ExportAnswer answer) {
    return switch (answer) {
      case ExportAnswer.Success success ->
          HttpResponse.of(
              200, contentType(format), ExportResponse.encoded(service.signal(), success, format));
      case ExportAnswer.Overloaded(String reason, long retryAfterNanos) ->
          overloaded(format, reason, retryAfterNanos);
      case ExportAnswer.Malformed(String reason) ->
          status(format, 400, new RpcStatus(RpcStatus.INVALID_ARGUMENT, reason, 0));
      case ExportAnswer.TooLarge(String reason) ->
          status(format, 413, new RpcStatus(RpcStatus.RESOURCE_EXHAUSTED, reason, 0));
      case ExportAnswer.Failed(String reason) ->
          status(format, 500, new RpcStatus(RpcStatus.INTERNAL, reason, 0));
    };
  }

  /** Come again: told to HTTP clients in whole seconds, and exactly in the body. */
  private static HttpResponse overloaded(
      @Nullable Format format, String reason, long retryAfterNanos) {
    long nanos = Math.max(1, retryAfterNanos);
    long seconds = (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    return status(format, HTTP_OVERLOADED, new RpcStatus(RpcStatus.UNAVAILABLE, reason, nanos))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  private static HttpResponse status(@Nullable Format format, int code, RpcStatus status) {
    return format == null
        ? plain(code, status.message())
        : HttpResponse.of(code, contentType(format), status.encoded(format));
  }

  private static HttpResponse plain(int status, String text) {
    return HttpResponse.of(
        status, "text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private HttpResponse withHeaders(HttpResponse response) {
    if (headers.isEmpty()) {
      return response;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(response.headers());
    return new HttpResponse(response.status(), response.contentType(), response.body(), more);
  }

  private static String contentType(Format format) {
    return format == Format.JSON ? JSON : PROTOBUF;
  }

  private static @Nullable Format format(HttpHead head) {
    String value = head.header("content-type");
    if (value == null) {
      return null;
    }
    if (value.equals(PROTOBUF)) {
      return Format.PROTOBUF;
    }
    int parameters = value.indexOf(';');
    String type = (parameters < 0 ? value : value.substring(0, parameters)).strip();
    return switch (type.toLowerCase(ROOT)) {
      case PROTOBUF -> Format.PROTOBUF;
      case JSON -> Format.JSON;
      default -> null;
    };
  }

  /** Null when it is unknown or was configured away. */
  private @Nullable Encoding encoding(HttpHead head) {
    String name = head.header("content-encoding");
    Encoding encoding = name == null ? Encoding.IDENTITY : Encoding.named(name);
    return encoding != null && encodings.contains(encoding) ? encoding : null;
  }
}
