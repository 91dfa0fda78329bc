package dev.sluice.durability;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Requests of spans whose span ids are numbers: {@code request * SPANS + index + 1}. */
final class Spans {
  /** Spans of a request. */
  static final int SPANS = 100;

  private static final int TEXT_LENGTH = 400;
  private static final AnyValue TEXT =
      AnyValue.newBuilder().setStringValue("x".repeat(TEXT_LENGTH)).build();

  private Spans() {}

  /** One request of about 50 kB. */
  static byte[] request(long number) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      scope.addSpans(span(number * SPANS + i + 1));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static Span span(long id) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16).putLong(8, id).flip()))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip()))
        .setName("span")
        .addAttributes(KeyValue.newBuilder().setKey("text").setValue(TEXT))
        .build();
  }

  /** The ids of all spans of a request. */
  static void forEachId(byte[] request, LongConsumer action) throws java.io.IOException {
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          action.accept(span.getSpanId().asReadOnlyByteBuffer().getLong());
        }
      }
    }
  }
}
