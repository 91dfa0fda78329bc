package dev.sluice.receivers.otlp.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;

/**
 * Encodes {@code Export{Trace,Metrics,Logs}ServiceResponse}, whose field numbers are the same for
 * all three. Stateless.
 */
public final class ExportResponse {
  private static final byte[] EMPTY = {};
  private static final byte[] EMPTY_JSON = "{}".getBytes(UTF_8);
  private static final int BYTES_USUAL = 128;

  private ExportResponse() {}

  public static byte[] encoded(Signal signal, ExportAnswer.Success success, Format format) {
    boolean whole = success.rejected() == 0 && success.message().isEmpty();
    return switch (format) {
      case PROTOBUF -> whole ? EMPTY : protobuf(success);
      case JSON -> whole ? EMPTY_JSON : json(signal, success);
    };
  }

  private static byte[] protobuf(ExportAnswer.Success success) {
    WireWriter writer = new WireWriter(BYTES_USUAL);
    int partial = writer.begin(Otlp.ExportResponse.PARTIAL_SUCCESS);
    writer.varint(Otlp.PartialSuccess.REJECTED, success.rejected());
    writer.string(Otlp.PartialSuccess.ERROR_MESSAGE, success.message());
    writer.end(partial);
    return writer.toByteArray();
  }

  private static byte[] json(Signal signal, ExportAnswer.Success success) {
    StringBuilder json = new StringBuilder(BYTES_USUAL);
    json.append("{\"partialSuccess\":{\"").append(rejectedField(signal)).append("\":\"");
    json.append(success.rejected()).append("\",\"errorMessage\":");
    JsonText.append(json, success.message());
    return json.append("}}").toString().getBytes(UTF_8);
  }

  private static String rejectedField(Signal signal) {
    return switch (signal) {
      case TRACES -> "rejectedSpans";
      case METRICS -> "rejectedDataPoints";
      case LOGS -> "rejectedLogRecords";
    };
  }
}
