package dev.sluice.exporters.loki;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes batches at random, of keys and values that are hard on labels and metadata. */
final class RandomLogs {
  private static final long SPAN_NANOS = 100_000_000_000L;
  private static final String[] KEYS = {
    "service.name",
    "cloud.region",
    "k8s.pod.name",
    "a.b",
    "a_b",
    "level",
    "trace_id",
    "",
    "___",
    "9to5",
    "loki.format",
    "loki.tenant",
    "loki.attribute.labels",
    "loki.resource.labels",
    "org",
  };
  private static final String[] TEXTS = {
    "long ".repeat(50),
    "",
    "x",
    "json",
    "logfmt",
    "org",
    "level, a.b",
    "ü\"\\\n",
    "\ufffd",
    "acme",
    "no/tenant",
  };

  private final Random random;
  private final long startNanos;
  private final List<LogRecord> sent = new ArrayList<>();

  RandomLogs(Random random, long startNanos) {
    this.random = random;
    this.startNanos = startNanos;
  }

  /** The records of the last batch, in order. */
  List<LogRecord> sent() {
    return sent;
  }

  /** Another batch. */
  Batch batch() {
    sent.clear();
    List<Telemetry> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<ResourceLogs> resources = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(3); j++) {
        resources.add(resourceLogs());
      }
      parts.add(Logs.telemetry(resources.toArray(new ResourceLogs[0])));
    }
    return Batch.of(Signal.LOGS, parts);
  }

  private ResourceLogs resourceLogs() {
    LogRecord[] records = new LogRecord[1 + random.nextInt(5)];
    for (int i = 0; i < records.length; i++) {
      records[i] = record();
      sent.add(records[i]);
    }
    Resource resource = Resource.newBuilder().addAllAttributes(attributes()).build();
    InstrumentationScope scope =
        InstrumentationScope.newBuilder().setName(text()).addAllAttributes(attributes()).build();
    return Logs.resourceLogs(resource, scope, records);
  }

  private LogRecord record() {
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(startNanos + random.nextLong(SPAN_NANOS))
            .setSeverityNumberValue(random.nextInt(26))
            .setBody(value(3))
            .addAllAttributes(attributes());
    if (random.nextBoolean()) {
      record
          .setObservedTimeUnixNano(random.nextLong() >>> random.nextInt(Long.SIZE))
          .setSeverityText(text())
          .setFlags(random.nextInt(3) - 1)
          .setDroppedAttributesCount(random.nextInt(12))
          .setEventName(text())
          .setTraceId(id(16))
          .setSpanId(id(8));
    }
    return record.build();
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[random.nextInt(3) == 0 ? 0 : bytes];
    if (random.nextBoolean()) {
      random.nextBytes(id);
    }
    return ByteString.copyFrom(id);
  }

  private List<KeyValue> attributes() {
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      attributes.add(Logs.attribute(KEYS[random.nextInt(KEYS.length)], value(2)));
    }
    return attributes;
  }

  private AnyValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0, 1, 2 -> Logs.text(text());
      case 6 -> Logs.bool(random.nextBoolean());
      case 7 -> Logs.integer(random.nextLong() >>> random.nextInt(Long.SIZE));
      case 3 -> Logs.integer(random.nextLong());
      case 4 -> Logs.decimal(random.nextGaussian());
      case 5 -> Logs.nothing();
      case 8 -> Logs.array(value(depth - 1), value(depth - 1));
      default ->
          Logs.map(
              Logs.attribute(KEYS[random.nextInt(KEYS.length)], value(depth - 1)),
              Logs.attribute("b", value(depth - 1)));
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
