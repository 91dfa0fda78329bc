package dev.sluice.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;

/** Small requests whose items can be told apart. */
final class Samples {
  private Samples() {}

  /** A request of log records with these bodies. */
  static Telemetry logs(String... bodies) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (String body : bodies) {
      scope.addLogRecords(
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body)));
    }
    byte[] bytes =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build()
            .toByteArray();
    return new Telemetry(Signal.LOGS, bytes, bodies.length);
  }

  /** A request of {@code count} log records with bodies {@code prefix0}, {@code prefix1}, … */
  static Telemetry logs(String prefix, int count) {
    String[] bodies = new String[count];
    for (int i = 0; i < count; i++) {
      bodies[i] = prefix + i;
    }
    return logs(bodies);
  }

  /** The bodies of all log records, in order. */
  static List<String> bodies(List<Telemetry> parts) {
    List<String> bodies = new ArrayList<>();
    for (Telemetry part : parts) {
      for (ResourceLogs resource : parse(part).getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          scope.getLogRecordsList().forEach(log -> bodies.add(log.getBody().getStringValue()));
        }
      }
    }
    return bodies;
  }

  private static ExportLogsServiceRequest parse(Telemetry telemetry) {
    try {
      return ExportLogsServiceRequest.parseFrom(telemetry.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
