package dev.sluice.receivers.otlp.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Sees the bytes of a call's message as they arrive, before gRPC has all of it, so that memory is
 * reserved while it is read. Event loop only.
 */
final class InboundBytes extends ServerStreamTracer {
  static final Factory FACTORY = new Tracers();

  private static final Context.Key<InboundBytes> KEY = Context.key("inbound-bytes");

  private @Nullable ExportCall call;

  /** Tells {@code call}, which is the current one, about its bytes from now on. */
  static void watch(ExportCall call) {
    KEY.get().call = call;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void inboundWireSize(long bytes) {
    if (call != null) {
      call.received(bytes);
    }
  }

  @Override
  public void streamClosed(Status status) {
    if (call != null) {
      call.closed();
    }
  }

  private static final class Tracers extends Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new InboundBytes();
    }
  }
}
