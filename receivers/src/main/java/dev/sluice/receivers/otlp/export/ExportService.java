package dev.sluice.receivers.otlp.export;

import dev.sluice.meters.ReceiverMeters;
import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.Validator;
import dev.sluice.pipeline.Admission;
import dev.sluice.pipeline.Intake;
import dev.sluice.receivers.compression.Decompression;
import dev.sluice.receivers.compression.DecompressionException;
import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.limits.Reservation;
import dev.sluice.receivers.otlp.export.ExportAnswer.Failed;
import dev.sluice.receivers.otlp.export.ExportAnswer.Malformed;
import dev.sluice.receivers.otlp.export.ExportAnswer.Overloaded;
import dev.sluice.receivers.otlp.export.ExportAnswer.Success;
import dev.sluice.receivers.otlp.export.ExportAnswer.TooLarge;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One signal's {@code Export} over one transport: the bytes of a request become telemetry, are
 * offered to the pipelines, and what they say becomes the answer. Thread-safe; never blocks.
 */
public final class ExportService {
  /** When to come again after the memory budget had no room: it frees as fast as batches leave. */
  public static final long MEMORY_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Signal signal;
  private final Intake intake;
  private final ReceiverMeters meters;
  private final int requestBytesMax;

  /**
   * Makes the service of one signal.
   *
   * @param requestBytesMax the largest request, when decompressed
   */
  public ExportService(Signal signal, Intake intake, ReceiverMeters meters, int requestBytesMax) {
    this.signal = signal;
    this.intake = intake;
    this.meters = meters;
    this.requestBytesMax = requestBytesMax;
  }

  public Signal signal() {
    return signal;
  }

  /**
   * Takes one request; {@code reply} is called exactly once, on this thread or another.
   *
   * @param body as sent; nobody else changes it
   * @param reservation already holds the body; grown by what is made of it, released by the caller
   *     when the reply came
   */
  public void export(
      byte[] body,
      Encoding encoding,
      Format format,
      Reservation reservation,
      Consumer<ExportAnswer> reply) {
    byte[] request;
    int items;
    try {
      byte[] plain = Decompression.decompress(encoding, body, requestBytesMax, reservation);
      request = format == Format.JSON ? JsonToProto.request(signal, plain, requestBytesMax) : plain;
      if (format == Format.JSON && !reservation.tryGrow(request.length)) {
        reply.accept(noMemory("no memory for the request"));
        return;
      }
      items = Validator.count(signal, request, 0, request.length);
    } catch (DecompressionException e) {
      reply.accept(refused(e));
      return;
    } catch (MalformedException e) {
      reply.accept(new Malformed(said(e)));
      return;
    }
    if (items == 0) {
      reply.accept(ExportAnswer.SUCCESS);
      return;
    }
    intake.accept(
        new Telemetry(signal, request, items),
        admission -> reply.accept(answered(admission, items)));
  }

  private static ExportAnswer refused(DecompressionException e) {
    return switch (e.reason()) {
      case MALFORMED -> new Malformed(said(e));
      case TOO_LARGE -> new TooLarge(said(e));
      case NO_MEMORY -> noMemory(said(e));
    };
  }

  private static String said(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static ExportAnswer noMemory(String reason) {
    return new Overloaded(reason, MEMORY_RETRY_NANOS);
  }

  private ExportAnswer answered(Admission admission, int items) {
    return switch (admission) {
      case Admission.Accepted(int rejected, String message) -> {
        meters.accepted(signal, items, rejected);
        yield rejected == 0 ? ExportAnswer.SUCCESS : new Success(rejected, message);
      }
      case Admission.Refused(String reason, long retryAfterNanos) -> {
        meters.refused(signal, items);
        yield new Overloaded(reason, retryAfterNanos);
      }
      case Admission.Failed(String reason) -> {
        meters.failed(signal, items);
        yield new Failed(reason);
      }
    };
  }
}
