package dev.sluice.benchmarks.reference;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * OTLP logs to {@code logproto.PushRequest}: parse the request into objects, labels by a sorted
 * map, streams by their label string, attributes as structured metadata.
 */
public final class GeneratedLokiPush {
  private static final List<String> LABELS =
      List.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment.name");

  private GeneratedLokiPush() {}

  /** The push request of an OTLP request, uncompressed. */
  public static byte[] encode(byte[] request) throws IOException {
    Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
    for (ResourceLogs resource :
        ExportLogsServiceRequest.parseFrom(request).getResourceLogsList()) {
      Map<String, String> attributes = attributes(resource.getResource().getAttributesList());
      ByteArrayOutputStream stream =
          streams.computeIfAbsent(labels(attributes), _ -> new ByteArrayOutputStream());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord logRecord : scope.getLogRecordsList()) {
          nested(stream, 2, entry(logRecord, attributes, scope));
        }
      }
    }
    ByteArrayOutputStream push = new ByteArrayOutputStream();
    for (Map.Entry<String, ByteArrayOutputStream> stream : streams.entrySet()) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      text(message, 1, stream.getKey());
      stream.getValue().writeTo(message);
      nested(push, 1, message);
    }
    return push.toByteArray();
  }

  private static String labels(Map<String, String> attributes) {
    return new TreeMap<>(attributes)
        .entrySet().stream()
            .filter(attribute -> LABELS.contains(attribute.getKey()))
            .map(attribute ->
                attribute.getKey().replace('.', '_') + "=\"" + attribute.getValue() + '"')
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static ByteArrayOutputStream entry(
      LogRecord logRecord, Map<String, String> resource, ScopeLogs scope) throws IOException {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    nested(entry, 1, timestamp(logRecord.getTimeUnixNano()));
    text(entry, 2, logRecord.getBody().getStringValue());
    Map<String, String> metadata = new LinkedHashMap<>(resource);
    metadata.keySet().removeAll(LABELS);
    metadata.put("scope.name", scope.getScope().getName());
    metadata.put("severity.text", logRecord.getSeverityText());
    metadata.put("severity.number", Integer.toString(logRecord.getSeverityNumberValue()));
    metadata.put("trace.id", HexFormat.of().formatHex(logRecord.getTraceId().toByteArray()));
    metadata.put("span.id", HexFormat.of().formatHex(logRecord.getSpanId().toByteArray()));
    metadata.putAll(attributes(logRecord.getAttributesList()));
    for (Map.Entry<String, String> pair : metadata.entrySet()) {
      ByteArrayOutputStream label = new ByteArrayOutputStream();
      text(label, 1, pair.getKey().replace('.', '_'));
      text(label, 2, pair.getValue());
      nested(entry, 3, label);
    }
    return entry;
  }

  private static ByteArrayOutputStream timestamp(long nanos) throws IOException {
    ByteArrayOutputStream timestamp = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(timestamp, 32);
    out.writeInt64(1, nanos / 1_000_000_000);
    out.writeInt32(2, (int) (nanos % 1_000_000_000));
    out.flush();
    return timestamp;
  }

  static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      texts.put(
          attribute.getKey(),
          attribute.getValue().hasStringValue()
              ? attribute.getValue().getStringValue()
              : Long.toString(attribute.getValue().getIntValue()));
    }
    return texts;
  }

  static void text(ByteArrayOutputStream target, int field, String value) throws IOException {
    CodedOutputStream out =
        CodedOutputStream.newInstance(target, CodedOutputStream.computeStringSize(field, value));
    out.writeString(field, value);
    out.flush();
  }

  static void nested(ByteArrayOutputStream target, int field, ByteArrayOutputStream message)
      throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(target, 16);
    out.writeTag(field, 2);
    out.writeUInt32NoTag(message.size());
    out.flush();
    message.writeTo(target);
  }
}
