package dev.sluice.receivers.otlp.grpc;

import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.limits.Reservation;
import dev.sluice.receivers.limits.Throttle;
import dev.sluice.receivers.otlp.export.ExportAnswer;
import dev.sluice.receivers.otlp.export.ExportResponse;
import dev.sluice.receivers.otlp.export.ExportService;
import dev.sluice.receivers.otlp.export.Format;
import dev.sluice.receivers.otlp.export.RpcStatus;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Export} call: reserves its message as it comes, copies it once, offers it when the
 * client has said all, and answers. Event loop only, except {@link #answer}, which the pipelines
 * may call from anywhere.
 */
final class ExportCall extends ServerCall.Listener<InputStream> {
  private static final Metadata.Key<byte[]> STATUS_DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final ServerCall<InputStream, byte[]> call;
  private final ExportService service;
  private final Encoding encoding;
  private final Reservation reservation;
  private final AtomicInteger inFlight;
  private final AtomicBoolean answered = new AtomicBoolean();
  private byte @Nullable [] message;
  private boolean compressed;
  private boolean offered;
  private long begunNanos;
  private BodyDeadlines.@Nullable Lane lane;
  private @Nullable EventExecutor loop;

  /**
   * @param inFlight counts the calls that are not over
   */
  ExportCall(
      ServerCall<InputStream, byte[]> call,
      ExportService service,
      Encoding encoding,
      Reservation reservation,
      AtomicInteger inFlight) {
    this.call = call;
    this.service = service;
    this.encoding = encoding;
    this.reservation = reservation;
    this.inFlight = inFlight;
  }

  void begin(BodyDeadlines deadlines) {
    inFlight.incrementAndGet();
    InboundBytes.watch(this);
    lane = deadlines.watch(this);
    loop = lane == null ? null : lane.loop();
    // A second message is asked for too, so that a client that sends one is seen.
    call.request(2);
  }

  /** Bytes of the message have come. */
  void received(long bytes) {
    if (!answered.get() && !reservation.tryGrow(bytes)) {
      answer(
          new ExportAnswer.Overloaded(
              "no memory for the request", ExportService.MEMORY_RETRY_NANOS));
    }
  }

  @Override
  public void onMessage(InputStream stream) {
    if (answered.get()) {
      return;
    }
    if (message != null) {
      close(Status.INTERNAL.withDescription("Export takes one message"), new Metadata());
      return;
    }
    try {
      compressed = Codings.isCompressed(stream);
      message = read(stream);
    } catch (IOException e) {
      close(Status.INTERNAL.withDescription("cannot read the message"), new Metadata());
    }
  }

  @Override
  public void onHalfClose() {
    stopWaiting();
    byte[] body = message;
    if (answered.get()) {
      return;
    }
    if (body == null) {
      close(Status.INTERNAL.withDescription("Export needs a message"), new Metadata());
      return;
    }
    message = null;
    offered = true;
    service.export(
        body,
        compressed ? encoding : Encoding.IDENTITY,
        Format.PROTOBUF,
        reservation,
        this::answer);
  }

  /** The call is over, answered or cancelled. */
  void closed() {
    inFlight.decrementAndGet();
    stopWaiting();
    answered.set(true);
    if (!offered) {
      reservation.release();
    }
  }

  /** The message did not come in time. */
  void tooSlow() {
    close(Status.DEADLINE_EXCEEDED.withDescription("the message came too slowly"), new Metadata());
  }

  void begunNanos(long nanos) {
    begunNanos = nanos;
  }

  long begunNanos() {
    return begunNanos;
  }

  private void answer(ExportAnswer answer) {
    reservation.release();
    switch (answer) {
      case ExportAnswer.Success success -> succeed(success);
      case ExportAnswer.Overloaded(String reason, long retryAfterNanos) ->
          throttled(() -> overloaded(reason, Math.max(1, retryAfterNanos)));
      case ExportAnswer.Malformed(String reason) ->
          close(Status.INVALID_ARGUMENT.withDescription(reason), new Metadata());
      case ExportAnswer.TooLarge(String reason) ->
          close(Status.RESOURCE_EXHAUSTED.withDescription(reason), new Metadata());
      case ExportAnswer.Failed(String reason) ->
          close(Status.INTERNAL.withDescription(reason), new Metadata());
    }
  }

  private void succeed(ExportAnswer.Success success) {
    if (answered.compareAndSet(false, true)) {
      call.sendHeaders(new Metadata());
      call.sendMessage(ExportResponse.encoded(service.signal(), success, Format.PROTOBUF));
      call.close(Status.OK, new Metadata());
    }
  }

  /** Holds the refusal of a whole request back; one that is still coming must end at once. */
  private void throttled(Runnable refusal) {
    EventExecutor own = loop;
    if (offered && own != null) {
      var _ = own.schedule(refusal, Throttle.PAUSE_NANOS, TimeUnit.NANOSECONDS);
    } else {
      refusal.run();
    }
  }

  private void overloaded(String reason, long retryAfterNanos) {
    Metadata trailers = new Metadata();
    trailers.put(
        STATUS_DETAILS, new RpcStatus(RpcStatus.UNAVAILABLE, reason, retryAfterNanos).protobuf());
    close(Status.UNAVAILABLE.withDescription(reason), trailers);
  }

  private void close(Status status, Metadata trailers) {
    if (answered.compareAndSet(false, true)) {
      call.close(status, trailers);
    }
  }

  private void stopWaiting() {
    if (lane != null) {
      lane.remove(this);
      lane = null;
    }
  }

  private static byte[] read(InputStream stream) throws IOException {
    // All of the message is there, so what is available is its size.
    byte[] bytes = new byte[stream.available()];
    int count = stream.readNBytes(bytes, 0, bytes.length);
    if (count != bytes.length || stream.read() >= 0) {
      throw new IOException("the message is not of the size that it told");
    }
    return bytes;
  }
}
