package dev.sluice.receivers.http;

import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server says by itself, before and around its handler: HTTP's own rules, CORS, and the
 * limits, in the handler's words. Thread-safe; one for all connections.
 */
final class RequestRules {
  private static final Logger log = LoggerFactory.getLogger(RequestRules.class);

  private static final long DISCARDED_BYTES_MAX = 256 << 10;

  private final HttpServerSettings settings;
  private final HttpHandler handler;
  private final @Nullable Preflight preflight;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  RequestRules(HttpServerSettings settings, HttpHandler handler) {
    this.settings = settings;
    this.handler = handler;
    this.preflight = settings.cors() == null ? null : new Preflight(settings.cors());
  }

  /**
   * Judges a request by its head: {@code judged} gets the answer to what is refused, null to go on
   * and read the body; once, now or later on another thread. Credentials come first, since what
   * there is and is not is nobody's business who may not come in; a browser's preflight has none.
   */
  void judge(NettyHead head, Consumer<@Nullable HttpResponse> judged) {
    HttpResponse answer = preflight == null ? null : preflight.answer(head);
    ServerAuthenticator authenticator = settings.authenticator();
    if (answer != null || authenticator == null) {
      judged.accept(answer == null ? handler.refuse(head) : answer);
      return;
    }
    authenticator.judge(
        head.header(authenticator.header()),
        verdict -> judged.accept(answer(head, verdict, authenticator.challenge())));
  }

  private @Nullable HttpResponse answer(NettyHead head, Verdict verdict, String challenge) {
    return switch (verdict) {
      case ALLOWED -> handler.refuse(head);
      case DENIED ->
          handler
              .refused(head, 401, "credentials are missing or wrong")
              .withHeader("WWW-Authenticate", challenge);
      case BUSY -> handler.refused(head, 503, "the credentials cannot be checked now");
    };
  }

  HttpResponse tooLarge(NettyHead head) {
    String reason = "request body too large: the limit is " + settings.bodyBytesMax() + " bytes";
    return handler.refused(head, 413, reason);
  }

  HttpResponse noMemory(NettyHead head) {
    return handler.refused(head, 503, "no memory for the request body");
  }

  HttpResponse tooSlow(NettyHead head) {
    return handler.refused(head, 408, "the request body came too slowly");
  }

  static HttpResponse broken(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e -> HttpResponse.text(414, "request line too long\n");
      case TooLongHttpHeaderException e -> HttpResponse.text(431, "request headers too large\n");
      default -> HttpResponse.text(400, "malformed HTTP: " + cause.getMessage() + "\n");
    };
  }

  /** Hands over; what the handler throws is a defect of ours, told once and answered 500. */
  void handle(HttpConnection connection, NettyHead head, Body body) {
    NettyExchange exchange = new NettyExchange(connection, head, body.take(), body.reservation());
    try {
      handler.handle(exchange);
    } catch (RuntimeException | StackOverflowError e) {
      if (failureLogged.compareAndSet(false, true)) {
        log.error(
            "{}: {} failed; further failures are not logged", settings.role(), exchange.path(), e);
      }
      exchange.respond(HttpResponse.text(500, "internal error\n"));
    }
  }

  /**
   * True when the body of a refused request is small enough to be thrown away and the connection
   * kept, and framed so that its end is beyond doubt.
   */
  static boolean isSoonDiscarded(HttpRequest request) {
    return !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        && !request.headers().contains(HttpHeaderNames.EXPECT)
        && HttpUtil.getContentLength(request, 0L) <= DISCARDED_BYTES_MAX;
  }

  Map<String, String> answerHeaders(NettyHead head) {
    return preflight == null ? Map.of() : preflight.headers(head);
  }

  /**
   * The answer to what breaks HTTP's own rules, after which the connection is not to be trusted;
   * null when nothing does.
   */
  static @Nullable HttpResponse refuseByProtocol(HttpRequest request) {
    HttpHeaders headers = request.headers();
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      return HttpResponse.text(505, "this port speaks HTTP/1.1\n");
    }
    if (version.equals(HttpVersion.HTTP_1_1) && headers.getAll(HttpHeaderNames.HOST).size() != 1) {
      return HttpResponse.text(400, "exactly one Host header is required\n");
    }
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!encodings.isEmpty() && !isOnlyChunked(encodings)) {
      return HttpResponse.text(501, "unsupported transfer encoding\n");
    }
    if (!encodings.isEmpty() && !version.equals(HttpVersion.HTTP_1_1)) {
      return HttpResponse.text(400, "Transfer-Encoding needs HTTP/1.1\n");
    }
    String expect = headers.get(HttpHeaderNames.EXPECT);
    if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
      return HttpResponse.text(417, "unknown expectation\n");
    }
    return null;
  }

  private static boolean isOnlyChunked(List<String> encodings) {
    return encodings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst().strip());
  }
}
