package dev.sluice.benchmarks.load.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** OTLP/gRPC: one unary call at a time on a connection that others share. */
final class GrpcExchange implements Exchange {
  private static final long CONNECT_NANOS_MAX = 5_000_000_000L;

  private final ManagedChannel channel;
  private final MethodDescriptor<GrpcBody, byte[]> method;
  private final CallOptions options;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final GrpcBody body;
  private int length;
  private String failure = "";

  GrpcExchange(
      ManagedChannel channel,
      MethodDescriptor<GrpcBody, byte[]> method,
      CallOptions options,
      int bodyBytesMax) {
    this.channel = channel;
    this.method = method;
    this.options = options;
    bytes = new byte[bodyBytesMax];
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    body = new GrpcBody(bytes);
  }

  /** Blocks until the connection is ready, but not for long. */
  @Override
  public void connect() {
    long deadline = System.nanoTime() + CONNECT_NANOS_MAX;
    ConnectivityState state = channel.getState(true);
    while (state != ConnectivityState.READY && System.nanoTime() < deadline) {
      Thread waiting = Thread.currentThread();
      channel.notifyWhenStateChanged(state, () -> LockSupport.unpark(waiting));
      LockSupport.parkNanos(this, CONNECT_NANOS_MAX / 100);
      state = channel.getState(true);
    }
  }

  @Override
  public ByteBuffer load(Template template) {
    length = template.length();
    System.arraycopy(template.body(), 0, bytes, 0, length);
    return buffer;
  }

  @Override
  public int bodyOffset() {
    return 0;
  }

  @Override
  public Outcome send() {
    ClientCall<GrpcBody, byte[]> call = channel.newCall(method, options);
    Answer answer = new Answer(Thread.currentThread());
    call.start(answer, new Metadata());
    call.request(2);
    call.sendMessage(body.of(length));
    call.halfClose();
    Status status = answer.await();
    Outcome outcome = outcome(status);
    if (outcome == Outcome.FAILED) {
      failure = status.toString();
    }
    return outcome;
  }

  @Override
  public String failure() {
    return failure;
  }

  private static Outcome outcome(Status status) {
    return switch (status.getCode()) {
      case OK -> Outcome.ACCEPTED;
      case UNAVAILABLE, RESOURCE_EXHAUSTED -> Outcome.REFUSED;
      default -> Outcome.FAILED;
    };
  }

  /** Nothing of its own: the connection's end, by {@link GrpcConnections}, ends the call. */
  @Override
  public void close() {}

  /** Wakes the sending thread with the status; no exception is made of it. */
  private static final class Answer extends ClientCall.Listener<byte[]> {
    private final Thread waiting;
    private volatile @Nullable Status status;

    Answer(Thread waiting) {
      this.waiting = waiting;
    }

    @Override
    public void onClose(Status closed, Metadata trailers) {
      status = closed;
      LockSupport.unpark(waiting);
    }

    Status await() {
      Status seen = status;
      while (seen == null) {
        LockSupport.park(this);
        seen = status;
      }
      return seen;
    }
  }
}
