package dev.sluice.receivers.otlp.grpc;

import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls in by their headers; their message is asked for afterwards. Event loop only.
 *
 * <p>Health checks come in as they are: probes have no credentials, and learn only that somebody
 * serves.
 */
final class Gate implements ServerInterceptor {
  private static final Metadata.Key<String> CHALLENGE =
      Metadata.Key.of("www-authenticate", Metadata.ASCII_STRING_MARSHALLER);

  private final ServerAuthenticator authenticator;
  private final Metadata.Key<String> key;
  private final EventLoopGroup loops;

  Gate(ServerAuthenticator authenticator, EventLoopGroup loops) {
    this.authenticator = authenticator;
    key = Metadata.Key.of(authenticator.header(), Metadata.ASCII_STRING_MARSHALLER);
    this.loops = loops;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    Waiting<Q, A> waiting = new Waiting<>(call, headers, next);
    EventExecutor loop = loop();
    authenticator.judge(
        first(headers),
        verdict -> {
          if (loop == null || loop.inEventLoop()) {
            waiting.judged(verdict);
          } else {
            loop.execute(() -> waiting.judged(verdict));
          }
        });
    Listener<Q> started = waiting.started;
    return started == null ? waiting : started;
  }

  /** The first value, as over HTTP. */
  private @Nullable String first(Metadata headers) {
    Iterable<String> values = headers.getAll(key);
    return values == null ? null : values.iterator().next();
  }

  private @Nullable EventExecutor loop() {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return null;
  }

  private static Status refusal(Verdict verdict) {
    return verdict == Verdict.BUSY
        ? Status.UNAVAILABLE.withDescription("the credentials cannot be checked now")
        : Status.UNAUTHENTICATED.withDescription("credentials are missing or wrong");
  }

  /**
   * A call before and after its verdict. Before, no message is asked for and none comes; the call
   * asks while it starts, and is heard when it has.
   */
  private final class Waiting<Q, A> extends Listener<Q> {
    private final ServerCall<Q, A> call;
    private final Metadata headers;
    private final ServerCallHandler<Q, A> next;
    private final Context context = Context.current();
    private @Nullable Listener<Q> started;
    private int wanted;
    private boolean over;

    Waiting(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      this.call = call;
      this.headers = headers;
      this.next = next;
    }

    void judged(Verdict verdict) {
      if (over) {
        return;
      }
      if (verdict == Verdict.ALLOWED) {
        context.run(() -> started = next.startCall(new Starting(call), headers));
        call.request(wanted);
        return;
      }
      over = true;
      Metadata trailers = new Metadata();
      if (verdict == Verdict.DENIED) {
        trailers.put(CHALLENGE, authenticator.challenge());
      }
      call.close(refusal(verdict), trailers);
    }

    @Override
    public void onMessage(Q message) {
      if (started != null) {
        started.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (started != null) {
        started.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      over = true;
      if (started != null) {
        started.onCancel();
      }
    }

    @Override
    public void onComplete() {
      over = true;
      if (started != null) {
        started.onComplete();
      }
    }

    @Override
    public void onReady() {
      if (started != null) {
        started.onReady();
      }
    }

    /** Keeps what is asked for while the call starts. */
    private final class Starting extends SimpleForwardingServerCall<Q, A> {
      Starting(ServerCall<Q, A> call) {
        super(call);
      }

      @Override
      public void request(int messages) {
        if (started == null) {
          wanted += messages;
        } else {
          super.request(messages);
        }
      }
    }
  }
}
