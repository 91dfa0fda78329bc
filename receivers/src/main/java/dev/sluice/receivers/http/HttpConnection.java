package dev.sluice.receivers.http;

import static io.netty.buffer.Unpooled.EMPTY_BUFFER;
import static io.netty.handler.codec.http.HttpResponseStatus.CONTINUE;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import dev.sluice.receivers.limits.Throttle;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: reads a request within its limits and deadlines, hands it to the handler, writes
 * the answer, and only then goes on to the next. Event loop only, except {@link #answer} and what
 * the server calls to stop.
 *
 * <p>A request that is refused is answered before its body is read; what is left of the body is
 * read and thrown away for a while, so that the answer is not lost in a reset.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /** Below this rate a body runs out of time, however long it is. */
  private static final long BODY_BYTES_PER_SECOND_MIN = 16 << 10;

  private static final long NANOS_PER_BODY_BYTE =
      TimeUnit.SECONDS.toNanos(1) / BODY_BYTES_PER_SECOND_MIN;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private enum Phase {
    /** Between requests. */
    IDLE,
    /** In the request line or the headers. */
    HEAD,
    /** The head is complete; whether it may come in is not decided yet. */
    JUDGED,
    BODY,
    /** The handler has it. */
    HANDLING,
    ANSWERING,
    /** What may still come is not looked at. */
    CLOSED
  }

  private final HttpServer server;
  private final HttpServerSettings settings;
  private final RequestRules rules;

  private Phase phase = Phase.IDLE;
  private boolean keepAlive = true;
  private boolean stopping;

  /** The answer says that there is no room now: the next request waits for a while. */
  private boolean refused;

  /** The end of the request was seen. */
  private boolean read = true;

  /** The answer has left. */
  private boolean written = true;

  private volatile @Nullable Peer peer;
  private @Nullable Deadline deadline;
  private @Nullable NettyHead head;
  private @Nullable Body body;

  HttpConnection(HttpServer server, HttpServerSettings settings, RequestRules rules) {
    this.server = server;
    this.settings = settings;
    this.rules = rules;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    peer = new Peer(ctx);
    deadline = new Deadline(ctx.executor(), this::deadlineReached);
    deadline.in(settings.idleTimeoutNanos());
  }

  /** Bytes came, of whatever; the first ones of a request start the clock of its headers. */
  void bytesRead() {
    if (phase == Phase.IDLE) {
      phase = Phase.HEAD;
      deadline().in(settings.headerDeadlineNanos());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      HttpObject part = (HttpObject) message;
      if (phase == Phase.CLOSED) {
        return;
      }
      if (part.decoderResult().isFailure()) {
        broken(part);
        return;
      }
      if (part instanceof HttpRequest request) {
        begin(request);
      }
      if (part instanceof HttpContent content) {
        take(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline().close();
    releaseBody();
    server.closed(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset, or TLS that does not shake hands: the peer's affair.
    cut();
  }

  /** Takes the answer to the request in hand; from any thread. */
  void answer(NettyHead answered, HttpResponse response) {
    peer().run(() -> write(answered, response));
  }

  /** The server stops: closes when idle, else after the answer to the request that has begun. */
  void stop() {
    peer().run(this::stopWhenIdle);
  }

  /** Waits, outside the event loop, until the connection is closed. */
  void awaitClosed(long timeoutNanos) {
    peer().awaitClosed(timeoutNanos);
  }

  /** Closes at once; from any thread. */
  void cut() {
    peer().cut();
  }

  private void stopWhenIdle() {
    stopping = true;
    keepAlive = false;
    if (phase == Phase.IDLE) {
      cut();
    }
  }

  private void begin(HttpRequest request) {
    phase = Phase.BODY;
    read = false;
    written = false;
    keepAlive = settings.keepAlive() && HttpUtil.isKeepAlive(request) && !stopping;
    deadline().in(settings.bodyDeadlineNanos());
    NettyHead next = NettyHead.of(request, peer().address());
    head = next;
    HttpResponse refusal = RequestRules.refuseByProtocol(request);
    if (refusal != null) {
      keepAlive = false;
      refuse(next, refusal);
      return;
    }
    phase = Phase.JUDGED;
    rules.judge(next, judged -> peer().run(() -> judged(next, judged)));
    if (phase == Phase.JUDGED) {
      peer().pause();
    }
  }

  /** Goes on with the request that was judged, unless it is gone. */
  private void judged(NettyHead of, @Nullable HttpResponse judged) {
    if (phase != Phase.JUDGED || !peer().isThere()) {
      return;
    }
    phase = Phase.BODY;
    HttpResponse refusal = judged == null ? expectBody(of) : judged;
    if (refusal != null) {
      refuse(of, refusal);
    } else if (HttpUtil.is100ContinueExpected(of.request())) {
      peer().send(new DefaultFullHttpResponse(HTTP_1_1, CONTINUE, EMPTY_BUFFER), _ -> {});
    }
    peer().resume();
  }

  private @Nullable HttpResponse expectBody(NettyHead next) {
    long declared = HttpUtil.getContentLength(next.request(), -1L);
    if (declared > settings.bodyBytesMax()) {
      return rules.tooLarge(next);
    }
    Body expected = new Body(server.memory(), declared, settings.bodyBytesMax());
    if (!expected.tryExpect()) {
      return rules.noMemory(next);
    }
    body = expected;
    return null;
  }

  private void take(HttpContent content) {
    Body current = body;
    NettyHead of = head;
    if (current != null && of != null) {
      deadline().extend(content.content().readableBytes() * NANOS_PER_BODY_BYTE);
      switch (current.tryAdd(content.content())) {
        case YES -> {}
        case TOO_LARGE -> refuse(of, rules.tooLarge(of));
        case NO_MEMORY -> refuse(of, rules.noMemory(of));
      }
    }
    if (content instanceof LastHttpContent) {
      end();
    }
  }

  private void end() {
    read = true;
    Body whole = body;
    if (whole != null) {
      body = null;
      phase = Phase.HANDLING;
      deadline().clear();
      rules.handle(this, Objects.requireNonNull(head), whole);
    }
    nextWhenWritten();
  }

  private void nextWhenWritten() {
    if (written) {
      next();
    } else {
      peer().pause();
    }
  }

  /** Answers before the body is read. */
  private void refuse(NettyHead of, HttpResponse response) {
    releaseBody();
    keepAlive &= RequestRules.isSoonDiscarded(of.request());
    write(of, response);
  }

  /**
   * What came is not HTTP: says so and closes, since nobody knows where the next request begins.
   */
  private void broken(HttpObject part) {
    read = true;
    keepAlive = false;
    releaseBody();
    if (phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.BODY) {
      written = false;
      write(null, RequestRules.broken(part.decoderResult().cause()));
    }
    nextWhenWritten();
  }

  private void write(@Nullable NettyHead of, HttpResponse response) {
    if (!peer().isThere()) {
      return;
    }
    phase = Phase.ANSWERING;
    keepAlive &= !stopping && !server.isStopping();
    refused = response.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code();
    deadline().in(settings.responseDeadlineNanos());
    Map<String, String> more = of == null ? Map.of() : rules.answerHeaders(of);
    boolean bodiless = of != null && of.method().equals("HEAD");
    peer().send(ResponseHead.encode(response, more, keepAlive, bodiless), this::written);
  }

  private void written(Future<? super Void> done) {
    written = true;
    if (!done.isSuccess()) {
      cut();
    } else if (!read && !keepAlive) {
      linger();
    } else if (read && peer().isPaused()) {
      next();
    }
  }

  /** Throws away what still comes, so that the peer can read the answer before the reset. */
  private void linger() {
    deadline().in(LINGER_NANOS);
    peer().endOutput();
  }

  private void next() {
    head = null;
    if (!keepAlive) {
      phase = Phase.CLOSED;
      cut();
      return;
    }
    phase = Phase.IDLE;
    deadline().in(settings.idleTimeoutNanos());
    if (refused) {
      peer().rest(Throttle.PAUSE_NANOS);
    } else {
      peer().resume();
    }
  }

  private void deadlineReached() {
    NettyHead of = head;
    if (phase == Phase.BODY && of != null && !written) {
      keepAlive = false;
      refuse(of, rules.tooSlow(of));
      return;
    }
    cut();
  }

  private void releaseBody() {
    if (body != null) {
      body.release();
      body = null;
    }
  }

  private Peer peer() {
    return Objects.requireNonNull(peer);
  }

  private Deadline deadline() {
    return Objects.requireNonNull(deadline);
  }
}
