package dev.sluice.it;

import static dev.sluice.it.Requests.attribute;
import static dev.sluice.it.Requests.text;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Log records as messages. */
final class LogSample {
  private LogSample() {}

  static ExportLogsServiceRequest request(Resource resource, List<LogRecord> records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource)
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(
                            InstrumentationScope.newBuilder().setName("it.raw").setVersion("1.0"))
                        .addAllLogRecords(records)))
        .build();
  }

  /** A record with everything that the log data model has. */
  static LogRecord.Builder record(long nanos, String body) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos)
        .setObservedTimeUnixNano(nanos + 1_000)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
        .setSeverityText("WARN")
        .setBody(text(body))
        .addAttributes(attribute("http.route", "/cart"))
        .addAttributes(attribute("attempt", 3));
  }
}
