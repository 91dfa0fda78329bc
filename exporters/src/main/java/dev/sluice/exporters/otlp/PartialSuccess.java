package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Loss;
import java.util.List;

/**
 * What a peer says of a request that it took: the {@code partial_success} of an {@code
 * Export*ServiceResponse}, which is the same for every signal.
 *
 * @param rejected items that the peer refused; 0 with a message is advice
 * @param message for a person, on one line; may be empty
 */
public record PartialSuccess(long rejected, String message) {
  /** The peer took everything and has nothing to say. */
  public static final PartialSuccess FULL = new PartialSuccess(0, "");

  /**
   * Reads a response in protobuf. What cannot be read says nothing: the peer took the request, and
   * sending it again would store it twice.
   */
  public static PartialSuccess ofProto(byte[] response) {
    try {
      WireReader reader = new WireReader().reset(response, 0, response.length);
      PartialSuccess found = FULL;
      while (reader.next()) {
        if (reader.field() == Otlp.ExportResponse.PARTIAL_SUCCESS
            && reader.wireType() == WireReader.LEN) {
          found = ofMessage(reader);
        } else {
          reader.skip();
        }
      }
      return found;
    } catch (MalformedException | IndexOutOfBoundsException _) {
      return FULL;
    }
  }

  private static PartialSuccess ofMessage(WireReader response) {
    WireReader reader = response.enter(new WireReader());
    long rejected = 0;
    String message = "";
    while (reader.next()) {
      if (reader.field() == Otlp.PartialSuccess.REJECTED
          && reader.wireType() == WireReader.VARINT) {
        rejected = reader.varint();
      } else if (reader.field() == Otlp.PartialSuccess.ERROR_MESSAGE
          && reader.wireType() == WireReader.LEN) {
        message = HttpAnswer.line(reader.string());
      } else {
        reader.skip();
      }
    }
    return new PartialSuccess(rejected, message);
  }

  /** Whether the peer took everything but has something to say. */
  public boolean isAdvice() {
    return rejected <= 0 && !message.isEmpty();
  }

  /** Delivered; what was rejected is a loss of the batch, at most all of it. */
  public ExportResult.Delivered delivered(Batch batch) {
    if (rejected <= 0) {
      return ExportResult.DELIVERED;
    }
    int items = (int) Math.min(rejected, batch.items());
    return new ExportResult.Delivered(List.of(Loss.rejected(items, null, message)));
  }
}
