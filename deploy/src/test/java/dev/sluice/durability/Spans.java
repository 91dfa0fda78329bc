package dev.sluice.durability;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Requests of spans whose span ids are numbers: {@code request * SPANS + index + 1}. */
final class Spans {
  /** Spans of a request. */
  static final int SPANS = 100;

  private static final int TEXT_LENGTH = 400;
  private static final AnyValue TEXT =
      AnyValue.newBuilder().setStringValue("x".repeat(TEXT_LENGTH)).build();

  private static final byte[] TEMPLATE = template();
  private static final int[] TRACE_IDS = positions(0x0a, 16);
  private static final int[] SPAN_IDS = positions(0x12, 8);

  private Spans() {}

  /** One request of about 50 kB. */
  static byte[] request(long number) {
    byte[] request = TEMPLATE.clone();
    ByteBuffer ids = ByteBuffer.wrap(request);
    for (int i = 0; i < SPANS; i++) {
      long id = number * SPANS + i + 1;
      ids.putLong(TRACE_IDS[i] + Long.BYTES, id);
      ids.putLong(SPAN_IDS[i], id);
    }
    return request;
  }

  private static byte[] template() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(new byte[16]))
              .setSpanId(ByteString.copyFrom(new byte[8]))
              .setName("span")
              .addAttributes(KeyValue.newBuilder().setKey("text").setValue(TEXT)));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  /** Where the ids are in the template: each after its tag and length. */
  private static int[] positions(int tag, int length) {
    int[] positions = new int[SPANS];
    int found = 0;
    for (int at = 0; at < TEMPLATE.length - 1 && found < SPANS; at++) {
      if (TEMPLATE[at] == tag && TEMPLATE[at + 1] == length && TEMPLATE[at + 2] == 0) {
        positions[found++] = at + 2;
      }
    }
    return positions;
  }

  /** The ids of all spans of a request. */
  static void forEachId(byte[] request, LongConsumer action) throws IOException {
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
