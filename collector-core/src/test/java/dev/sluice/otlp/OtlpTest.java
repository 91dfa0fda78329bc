package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceProto;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceProto;
import io.opentelemetry.proto.common.v1.CommonProto;
import io.opentelemetry.proto.logs.v1.LogsProto;
import io.opentelemetry.proto.metrics.v1.MetricsProto;
import io.opentelemetry.proto.resource.v1.ResourceProto;
import io.opentelemetry.proto.trace.v1.TraceProto;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OtlpTest {
  private static final List<FileDescriptor> FILES =
      List.of(
          CommonProto.getDescriptor(),
          ResourceProto.getDescriptor(),
          TraceProto.getDescriptor(),
          MetricsProto.getDescriptor(),
          LogsProto.getDescriptor(),
          TraceServiceProto.getDescriptor(),
          MetricsServiceProto.getDescriptor(),
          LogsServiceProto.getDescriptor());

  /** The file formats' roots: the same fields as the export requests. */
  private static final Set<String> NOT_SENT = Set.of("TracesData", "MetricsData", "LogsData");

  /** Shared shapes that no proto message is named after. */
  private static final Set<String> SHARED =
      Set.of(
          "ExportRequest",
          "ResourceEnvelope",
          "ScopeEnvelope",
          "MetricData",
          "ExportResponse",
          "PartialSuccess");

  @Test
  void hasEveryFieldAndEnumValueOfTheProtoAndNoOther() throws ReflectiveOperationException {
    Map<String, Integer> expected = new TreeMap<>();
    for (FileDescriptor file : FILES) {
      file.getMessageTypes().forEach(message -> addMessage("", message, expected));
      file.getEnumTypes().forEach(values -> addEnum("", values, expected));
    }
    Map<String, Integer> actual = new TreeMap<>();
    for (Class<?> type : Otlp.class.getDeclaredClasses()) {
      if (!SHARED.contains(type.getSimpleName())) {
        addConstants("", type, actual);
      }
    }
    assertEquals(lines(expected), lines(actual));
  }

  @Test
  void sharedShapesAreThoseOfTheThreeSignals() {
    for (int field :
        new int[] {
          Otlp.ExportTraceServiceRequest.RESOURCE_SPANS,
          Otlp.ExportMetricsServiceRequest.RESOURCE_METRICS,
          Otlp.ExportLogsServiceRequest.RESOURCE_LOGS
        }) {
      assertEquals(Otlp.ExportRequest.RESOURCE, field);
    }
    assertEquals(
        List.of(Otlp.ResourceEnvelope.RESOURCE, Otlp.ResourceEnvelope.SCOPE),
        List.of(Otlp.ResourceSpans.RESOURCE, Otlp.ResourceSpans.SCOPE_SPANS));
    assertEquals(
        List.of(Otlp.ScopeEnvelope.SCOPE, Otlp.ScopeEnvelope.ITEMS),
        List.of(Otlp.ScopeMetrics.SCOPE, Otlp.ScopeMetrics.METRICS));
    for (int field :
        new int[] {
          Otlp.Gauge.DATA_POINTS,
          Otlp.Sum.DATA_POINTS,
          Otlp.Histogram.DATA_POINTS,
          Otlp.ExponentialHistogram.DATA_POINTS,
          Otlp.Summary.DATA_POINTS
        }) {
      assertEquals(Otlp.MetricData.DATA_POINTS, field);
    }
    assertEquals(
        List.of(Otlp.PartialSuccess.REJECTED, Otlp.PartialSuccess.ERROR_MESSAGE),
        List.of(
            Otlp.ExportLogsPartialSuccess.REJECTED_LOG_RECORDS,
            Otlp.ExportLogsPartialSuccess.ERROR_MESSAGE));
  }

  private static void addMessage(String prefix, Descriptor message, Map<String, Integer> into) {
    if (NOT_SENT.contains(message.getName())) {
      return;
    }
    String name = prefix + message.getName();
    message
        .getFields()
        .forEach(f -> into.put(name + "." + f.getName().toUpperCase(Locale.ROOT), f.getNumber()));
    message.getNestedTypes().forEach(nested -> addMessage(name + ".", nested, into));
    message.getEnumTypes().forEach(values -> addEnum(name + ".", values, into));
  }

  private static void addEnum(String prefix, EnumDescriptor type, Map<String, Integer> into) {
    String own = type.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    type.getValues()
        .forEach(value ->
            into.put(
                prefix + type.getName() + "." + value.getName().substring(own.length() + 1),
                value.getNumber()));
  }

  private static void addConstants(String prefix, Class<?> type, Map<String, Integer> into)
      throws ReflectiveOperationException {
    String name = prefix + type.getSimpleName();
    for (Field constant : type.getDeclaredFields()) {
      into.put(name + "." + constant.getName(), constant.getInt(null));
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      addConstants(name + ".", nested, into);
    }
  }

  private static String lines(Map<String, Integer> numbers) {
    return String.join("\n", Arrays.asList(numbers.toString().split(", ", -1)));
  }
}
