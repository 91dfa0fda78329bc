package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.integer;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogEncoderAllocationTest {
  private static final int RECORDS = 2000;
  private static final int BATCHES = 50;

  @Test
  void aRecordLikeThoseBeforeAllocatesNothing() {
    assertAllocatesLittle(Encoding.byDefault());
  }

  @Test
  void aRecordWithALabelOfItsOwnAllocatesNothing() {
    assertAllocatesLittle(
        Encoding.of(
            new LabelSettings(
                LabelSettings.LOKI_RESOURCE,
                List.of("http.request.method"),
                Set.copyOf(LabelSettings.OLD))));
  }

  private static void assertAllocatesLittle(Encoding encoding) {
    Batch batch = batch();
    for (int i = 0; i < BATCHES; i++) {
      encoding.bodies(batch);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCHES; i++) {
      encoding.bodies(batch);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        bytes / (RECORDS * BATCHES) < 8,
        () -> "bytes a record: " + (double) bytes / (RECORDS * BATCHES));
  }

  private static Batch batch() {
    LogRecord[] records = new LogRecord[RECORDS];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          LogRecord.newBuilder()
              .setTimeUnixNano(Logs.TIME + i)
              .setObservedTimeUnixNano(Logs.TIME + i + 1)
              .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
              .setSeverityText("INFO")
              .setBody(Logs.text("request " + i + " was handled in a reasonable time"))
              .addAttributes(attribute("http.request.method", i % 2 == 0 ? "GET" : "PUT"))
              .addAttributes(attribute("http.response.status_code", integer(200 + i % 7)))
              .addAttributes(attribute("url.path", "/api/v1/things/" + i))
              .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
              .setSpanId(ByteString.fromHex("a1a2a3a4a5a6a7a8"))
              .build();
    }
    KeyValue[] attributes = {
      attribute("service.namespace", "shop"),
      attribute("service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09"),
      attribute("host.name", "h1"),
      attribute("telemetry.sdk.language", "java"),
      attribute("process.pid", integer(17)),
    };
    InstrumentationScope scope = InstrumentationScope.newBuilder().setName("io.shop").build();
    return Logs.batch(Logs.resourceLogs(Logs.service("api", attributes), scope, records));
  }
}
