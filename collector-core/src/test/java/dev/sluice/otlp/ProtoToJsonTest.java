package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtoToJsonTest {
  @Test
  void writesWhatTheCollectorWrites() {
    assertEquals(
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
            + "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"checkout\"}},"
            + "{\"key\":\"service.namespace\",\"value\":{\"stringValue\":\"shop\"}},"
            + "{\"key\":\"service.instance.id\",\"value\":{\"stringValue\":"
            + "\"627cc493-f310-47de-96bd-71410b7dec09\"}},"
            + "{\"key\":\"host.name\",\"value\":{\"stringValue\":\"node-7\"}},"
            + "{\"key\":\"process.pid\",\"value\":{\"intValue\":\"4711\"}}]},"
            + "\"scopeLogs\":[{\"scope\":{\"name\":\"io.shop.http\",\"version\":\"1.2.3\"},"
            + "\"logRecords\":[{\"timeUnixNano\":\"1544712660000000000\","
            + "\"observedTimeUnixNano\":\"1544712660000000500\","
            + "\"severityNumber\":9,\"severityText\":\"INFO\","
            + "\"body\":{\"stringValue\":\"Order 0 was placed in 12 ms: 주문 완료\"},"
            + "\"attributes\":["
            + "{\"key\":\"log.logger\",\"value\":{\"stringValue\":\"io.shop.OrderService\"}},"
            + "{\"key\":\"thread.name\",\"value\":{\"stringValue\":\"http-nio-8080-exec-0\"}},"
            + "{\"key\":\"tags\",\"value\":{\"arrayValue\":{\"values\":["
            + "{\"boolValue\":true},{\"doubleValue\":0.5}]}}}],"
            + "\"flags\":1,\"traceId\":\"a5262d343b424950575e656c737a8188\","
            + "\"spanId\":\"a5262d343b424950\"}]}]}]}",
        json(OtlpSamples.logs(1)));
  }

  @Test
  void mergesAMessageThatIsGivenTwiceAndKeepsTheLastOfAOneof() {
    WireWriter value = new WireWriter(64);
    value.varint(Otlp.AnyValue.INT_VALUE, 1);
    value.string(Otlp.AnyValue.STRING_VALUE, "last");
    WireWriter attribute = new WireWriter(64);
    attribute.bytes(Otlp.KeyValue.VALUE, value.array(), 0, value.size());
    WireWriter out = new WireWriter(64);
    int resourceSpans = out.begin(Otlp.ExportRequest.RESOURCE);
    for (int i = 0; i < 2; i++) {
      int resource = out.begin(Otlp.ResourceSpans.RESOURCE);
      out.bytes(Otlp.Resource.ATTRIBUTES, attribute.array(), 0, attribute.size());
      out.end(resource);
      out.string(Otlp.ResourceSpans.SCHEMA_URL, "url " + i);
    }
    out.end(resourceSpans);
    String one = "{\"value\":{\"stringValue\":\"last\"}}";
    assertEquals(
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
            + one
            + ","
            + one
            + "]},\"schemaUrl\":\"url 1\"}]}",
        json(new Telemetry(Signal.TRACES, out.toByteArray(), 1)));
  }

  @Test
  void escapesTextAndWritesBytesAsBase64() {
    KeyValue attribute =
        KeyValue.newBuilder()
            .setKey("q\"\n\u0000é")
            .setValue(
                AnyValue.newBuilder()
                    .setBytesValue(com.google.protobuf.ByteString.copyFrom(new byte[] {-1, -2})))
            .build();
    byte[] request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(Resource.newBuilder().addAttributes(attribute)))
            .build()
            .toByteArray();
    assertEquals(
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"q\\\"\\n\\u0000é\","
            + "\"value\":{\"bytesValue\":\"//4=\"}}]}}]}",
        json(new Telemetry(Signal.TRACES, request, 1)));
  }

  private static String json(Telemetry telemetry) {
    return new String(ProtoToJson.request(telemetry), StandardCharsets.UTF_8);
  }
}
