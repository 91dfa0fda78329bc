package dev.sluice.otlp;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the generated classes of protobuf-java say of the same bytes. */
public final class OtlpOracle {
  private static final Set<String> ITEMS =
      Set.of(
          "Span",
          "LogRecord",
          "NumberDataPoint",
          "HistogramDataPoint",
          "ExponentialHistogramDataPoint",
          "SummaryDataPoint");

  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  private OtlpOracle() {}

  /** Parses a request with the generated class of its signal. */
  public static Message parse(Signal signal, byte[] bytes) throws InvalidProtocolBufferException {
    return switch (signal) {
      case TRACES -> ExportTraceServiceRequest.parseFrom(bytes);
      case METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
      case LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
    };
  }

  /** Parses what is known to be valid. */
  public static Message parse(Telemetry telemetry) {
    try {
      return parse(telemetry.signal(), telemetry.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The items of a request in the order of the wire. */
  public static List<Message> items(Message request) {
    List<Message> items = new ArrayList<>();
    collectItems(request, items);
    return items;
  }

  /** OTLP writes ids in hex and keeps minus zero; the mapping of protobuf-java does neither. */
  public static Message comparable(Message message) {
    Message.Builder builder = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (IDS.contains(field.getName()) || message.getField(field).equals(-0.0)) {
        builder.clearField(field);
      } else if (field.getType() == FieldDescriptor.Type.DOUBLE && field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          builder.setRepeatedField(field, i, (double) message.getRepeatedField(field, i) + 0.0);
        }
      } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      } else if (!field.isRepeated()) {
        builder.setField(field, comparable((Message) message.getField(field)));
      } else {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Message child = (Message) message.getRepeatedField(field, i);
          builder.setRepeatedField(field, i, comparable(child));
        }
      }
    }
    return builder.build();
  }

  /**
   * Whether the parsed message shows a reason for which {@link Validator} refuses what
   * protobuf-java accepts: a group, a known field kept as unknown, or an id of a wrong length.
   */
  static boolean showsStricterCase(Message message) {
    return hasBadUnknown(message) || hasBadId(message) || childShowsStricterCase(message);
  }

  private static void collectItems(Message message, List<Message> items) {
    if (ITEMS.contains(message.getDescriptorForType().getName())) {
      items.add(message);
      return;
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      children(field).forEach(child -> collectItems(child, items));
    }
  }

  private static boolean childShowsStricterCase(Message message) {
    return message.getAllFields().entrySet().stream()
        .flatMap(field -> children(field).stream())
        .anyMatch(OtlpOracle::showsStricterCase);
  }

  private static boolean hasBadUnknown(Message message) {
    for (Map.Entry<Integer, UnknownFieldSet.Field> field :
        message.getUnknownFields().asMap().entrySet()) {
      if (!field.getValue().getGroupList().isEmpty()
          || message.getDescriptorForType().findFieldByNumber(field.getKey()) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBadId(Message message) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getValue() instanceof com.google.protobuf.ByteString id) {
        int expected =
            switch (field.getKey().getName()) {
              case "trace_id" -> 16;
              case "span_id", "parent_span_id" -> 8;
              default -> id.size();
            };
        if (id.size() != expected && !id.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // a field of messages holds a message or a list of them
  private static List<Message> children(Map.Entry<FieldDescriptor, Object> field) {
    if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return List.of();
    }
    return field.getKey().isRepeated()
        ? (List<Message>) field.getValue()
        : List.of((Message) field.getValue());
  }
}
