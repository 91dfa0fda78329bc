package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.sluice.otlp.Field.Kind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  @Test
  void isTheProtoOfTheGeneratedClasses() {
    Map<String, Descriptor> reached = new HashMap<>();
    for (Descriptor root :
        List.of(
            ExportTraceServiceRequest.getDescriptor(),
            ExportMetricsServiceRequest.getDescriptor(),
            ExportLogsServiceRequest.getDescriptor())) {
      reach(root, reached);
    }
    for (Message message : Message.values()) {
      Descriptor descriptor = reached.remove(message.protoName());
      assertNotNull(descriptor, message.protoName());
      assertSameFields(descriptor, message);
    }
    assertEquals(Map.of(), reached);
  }

  private static void assertSameFields(Descriptor descriptor, Message message) {
    assertEquals(descriptor.getFields().size(), Schema.fields(message).length);
    for (FieldDescriptor expected : descriptor.getFields()) {
      Field field = Schema.field(message, expected.getNumber());
      assertNotNull(field, expected.getFullName());
      assertEquals(expected.getName(), field.name());
      assertEquals(expected.getJsonName(), field.jsonName());
      assertEquals(expected.getType().name(), protoType(field.kind()), expected.getFullName());
      assertEquals(expected.isRepeated(), field.repeated(), expected.getFullName());
      assertEquals(expected.isPacked(), field.packable(), expected.getFullName());
      assertEquals(expected.hasPresence(), field.presence(), expected.getFullName());
      assertEquals(
          expected.getRealContainingOneof() != null, field.oneof(), expected.getFullName());
      if (field.kind() == Kind.MESSAGE) {
        assertEquals(name(expected.getMessageType()), field.childMessage().protoName());
      }
      if (field.kind() == Kind.ENUM) {
        assertEquals(
            expected.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList(),
            field.enumNames());
      }
    }
  }

  private static String protoType(Kind kind) {
    return kind == Kind.TRACE_ID || kind == Kind.SPAN_ID ? "BYTES" : kind.name();
  }

  private static void reach(Descriptor message, Map<String, Descriptor> reached) {
    if (reached.putIfAbsent(name(message), message) != null) {
      return;
    }
    for (FieldDescriptor field : message.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        reach(field.getMessageType(), reached);
      }
    }
  }

  private static String name(Descriptor message) {
    Descriptor outer = message.getContainingType();
    return outer == null ? message.getName() : name(outer) + "." + message.getName();
  }
}
