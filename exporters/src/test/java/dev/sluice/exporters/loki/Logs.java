package dev.sluice.exporters.loki;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/** Builds OTLP logs with the generated classes. */
final class Logs {
  static final long TIME = 1_767_225_600_123_456_789L;

  private Logs() {}

  static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static KeyValue attribute(String key, String value) {
    return attribute(key, text(value));
  }

  static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  static AnyValue integer(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }

  static AnyValue decimal(double value) {
    return AnyValue.newBuilder().setDoubleValue(value).build();
  }

  static AnyValue bool(boolean value) {
    return AnyValue.newBuilder().setBoolValue(value).build();
  }

  static AnyValue bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
  }

  static AnyValue nothing() {
    return AnyValue.getDefaultInstance();
  }

  static AnyValue map(KeyValue... pairs) {
    KeyValueList.Builder list = KeyValueList.newBuilder().addAllValues(List.of(pairs));
    return AnyValue.newBuilder().setKvlistValue(list).build();
  }

  static AnyValue array(AnyValue... values) {
    ArrayValue.Builder list = ArrayValue.newBuilder().addAllValues(List.of(values));
    return AnyValue.newBuilder().setArrayValue(list).build();
  }

  static Resource resource(KeyValue... attributes) {
    return Resource.newBuilder().addAllAttributes(List.of(attributes)).build();
  }

  /** A resource with {@code service.name} and these attributes. */
  static Resource service(String name, KeyValue... attributes) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", name))
        .addAllAttributes(List.of(attributes))
        .build();
  }

  /** A record at {@link #TIME} with a string body. */
  static LogRecord record(String body, KeyValue... attributes) {
    return record(text(body), attributes);
  }

  static LogRecord record(AnyValue body, KeyValue... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(TIME)
        .setBody(body)
        .addAllAttributes(List.of(attributes))
        .build();
  }

  static ResourceLogs resourceLogs(Resource resource, LogRecord... records) {
    return resourceLogs(resource, InstrumentationScope.getDefaultInstance(), records);
  }

  static ResourceLogs resourceLogs(
      Resource resource, InstrumentationScope scope, LogRecord... records) {
    ScopeLogs.Builder scopeLogs = ScopeLogs.newBuilder().addAllLogRecords(List.of(records));
    if (!scope.equals(InstrumentationScope.getDefaultInstance())) {
      scopeLogs.setScope(scope);
    }
    return ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scopeLogs).build();
  }

  static Telemetry telemetry(ResourceLogs... resourceLogs) {
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder().addAllResourceLogs(List.of(resourceLogs)).build();
    int items = 0;
    for (ResourceLogs logs : resourceLogs) {
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        items += scope.getLogRecordsCount();
      }
    }
    return new Telemetry(Signal.LOGS, request.toByteArray(), items);
  }

  static Batch batch(ResourceLogs... resourceLogs) {
    return Batch.of(Signal.LOGS, List.of(telemetry(resourceLogs)));
  }

  /** A batch of records of one service, with these bodies. */
  static Batch lines(String service, String... bodies) {
    List<LogRecord> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(record(body));
    }
    return batch(resourceLogs(service(service), records.toArray(new LogRecord[0])));
  }
}
